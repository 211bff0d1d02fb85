import { describe, expect, it } from 'vitest';
import { wordSpellings } from '../../src/rules/word-spellings.ts';

describe('spellings of a word', () => {
  it.each([
    ['acme', ['acme']],
    ['Acme_Key', ['acme_key', 'acme-key', 'acme.key', 'acme key', 'acmekey']],
    ['acme.io', ['acme.io', 'acme_io', 'acme-io', 'acme io', 'acmeio']],
    ['dd_api', ['dd_api', 'dd-api', 'dd.api', 'dd api']],
    ['a-b-c-d-e', ['a-b-c-d-e']],
    [':_authtoken', [':_authtoken']],
    ['pat =', ['pat =']],
  ])('%s', (word, spellings) => {
    expect(wordSpellings(word)).toEqual(spellings);
  });
  it('a word that ends in a joint stands before any name of a credential', () => {
    const ends = ['_', '-', '.', ' ', 'key', 'token', 'secret', 'api', 'access', 'auth', 'client', 'private'];
    expect(wordSpellings('civo_')).toEqual(ends.map((end) => `civo${end}`));
    expect(wordSpellings('dd_')).toEqual(['dd_', 'dd-', 'dd.', 'dd ']);
  });
});
