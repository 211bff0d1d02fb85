// Bot tokens of Telegram and Discord: an account number, and a secret in base64url.
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import type { Check } from './check.ts';
import { dateFact, FAIL, nameFact, passWith, UNKNOWN } from './outcome.ts';

/** Telegram decodes the secret strictly and wants 24 characters. @source tdlib/telegram-bot-api Client.cpp */
export const telegramBot: Check = {
  name: 'telegram-bot',
  test: (value) => {
    const parts = /^(?:bot)?([0-9]{4,12}):([A-Za-z0-9_-]{10,80})$/.exec(value);
    if (!parts) return UNKNOWN;
    if (parts[2]!.length < 24 || !decodeBase64(parts[2]!, 'base64url')) return FAIL;
    return passWith(nameFact('bot', parts[1]));
  },
  mint: (random) => {
    // Two letters AA and 33 more: 26 bytes, of which the first twelve bits are zero.
    const bytes = random.bytes(26);
    bytes[0] = 0;
    bytes[1] = bytes[1]! & 15;
    return `${1 + random.integer(9)}${random.text('digits', 9)}:${encodeBase64(bytes, 'base64url')}`;
  },
};

const DISCORD_EPOCH_MS = 1_420_070_400_000n;

/** Three parts; the first is the bot's id, which holds its date of birth. A peer's rule: another form says nothing. */
export const discordBot: Check = {
  name: 'discord-bot',
  test: (value) => {
    const parts = /^([A-Za-z0-9_-]{23,28})\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}$/.exec(value);
    const id = parts ? decodeBase64(parts[1]!, 'base64url')?.toString('latin1') : undefined;
    if (id === undefined || !/^[1-9][0-9]{16,19}$/.test(id)) return UNKNOWN;
    const seconds = Number((BigInt(id) >> 22n) + DISCORD_EPOCH_MS) / 1000;
    return passWith(`bot ${id}`, dateFact('created', seconds));
  },
  mint: (random) => {
    const id = `1${random.text('digits', 17)}`;
    const head = encodeBase64(Buffer.from(id, 'latin1'), 'base64url');
    return `${head}.${random.text('base64url', 6)}.${random.text('base64url', 38)}`;
  },
};
