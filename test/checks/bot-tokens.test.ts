// Telegram and Discord bot tokens.
import { expect, test } from 'vitest';
import { discordBot, telegramBot } from '../../src/checks/bot-tokens.ts';

const BODY = `AA${'E'.repeat(32)}`;

test('Telegram: sixteen last letters are possible after 34', () => {
  expect(telegramBot.test(`0000000000:${BODY}g`)).toEqual({ result: 'pass', note: 'bot 0000000000' });
  expect(telegramBot.test(`0000000000:${BODY}h`).result).toBe('fail');
});

test('Telegram: the sample of the manual has 34 letters and an impossible end', () => {
  const sample = ['123456', 'ABC-DEF1234ghIkl-zyx57W2v1u123ew11'].join(':');
  expect(telegramBot.test(sample).result).toBe('fail');
  expect(telegramBot.test(`12345678:${BODY.slice(0, 20)}`).result).toBe('fail');
});

test('Discord: the first part is the bot id with its date', () => {
  const tail = `EXAMPL.${'EXAMPLE'.repeat(5).slice(0, 27)}`;
  expect(discordBot.test(`${['MTAwMDAwMDAw', 'MDAwMDAwMDAw'].join('')}.${tail}`)).toEqual({
    result: 'pass',
    note: 'bot 100000000000000000, created 2015-10-03',
  });
  expect(discordBot.test(`${Buffer.from('not-an-id-not-an-id').toString('base64url')}.${tail}`).result).toBe('unknown');
});
