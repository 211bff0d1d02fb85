// The forms of texts in a saved report that are printed as they are: whoever made the file may not be us.
import { readForm } from './json-shape.ts';

/** As Secret.masked() makes them: up to four characters, eight stars, up to two characters. */
export const readMask = readForm(/^[\x21-\x7e]{0,4}\*{8}[\x21-\x7e]{0,2}$/, 'masked value');

export const readFingerprint = readForm(/^[0-9a-f]{32}$/, 'fingerprint of 32 hexadecimal digits');

export const readRuleId = readForm(/^[a-z0-9][a-z0-9-]*\.[a-z0-9][a-z0-9.-]{0,79}$/, 'rule id');

export const readObjectId = readForm(/^[0-9a-f]{4,64}$/, 'id of a git object');

export const readDigest = readForm(/^[0-9a-f]{16,64}$/, 'digest');

/** Commands are printed as they are, so that they can be copied. */
export const readCommand = readForm(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'command that can be seen whole');
