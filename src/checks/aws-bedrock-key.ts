// Amazon Bedrock API keys: long-lived ones name themselves, short-lived ones are a pre-signed URL in base64.
import { decodeBase64, encodeBase64 } from '../util/base64.ts';
import { testAccessKeyId } from './aws-key-id.ts';
import type { Check, CheckOutcome } from './check.ts';
import { dateFact, nameFact, passWith, UNKNOWN } from './outcome.ts';

const LONG_LIVED = 'ABSK';
const SHORT_LIVED = 'bedrock-api-key-';

/** `20260131T120000Z` as Unix seconds. */
function parseAmzDate(text: string): number | undefined {
  const p = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)?.slice(1).map(Number);
  return p && Date.UTC(p[0]!, p[1]! - 1, p[2], p[3], p[4], p[5]) / 1000;
}

/** Account and end of life of a pre-signed URL. */
function testPresigned(url: string): CheckOutcome {
  if (!url.startsWith('bedrock.amazonaws.com')) return UNKNOWN;
  const read = (name: string): string => new RegExp(`[?&]${name}=([A-Za-z0-9]{1,40})`).exec(url)?.[1] ?? '';
  const start = parseAmzDate(read('X-Amz-Date'));
  const end = start === undefined ? undefined : start + Number(read('X-Amz-Expires'));
  return passWith(testAccessKeyId(read('X-Amz-Credential')).note, dateFact('expires', end));
}

/** Decoded from samples, so another content says nothing. */
export const awsBedrockKey: Check = {
  name: 'aws-bedrock-key',
  test: (value) => {
    if (value.length > 8192) return UNKNOWN;
    if (value.startsWith(SHORT_LIVED)) {
      return testPresigned(decodeBase64(value.slice(SHORT_LIVED.length), 'base64')?.toString('latin1') ?? '');
    }
    const text = value.startsWith(LONG_LIVED) ? decodeBase64(value.slice(LONG_LIVED.length), 'base64') : undefined;
    const parts = /^BedrockAPIKey-(?:[A-Za-z0-9]{1,20}-at-(\d{12}))?/.exec(text?.toString('latin1') ?? '');
    return parts ? passWith('long-lived key', nameFact('account', parts[1])) : UNKNOWN;
  },
  mint: (random, argument) => {
    if (argument.startsWith('bedrock')) {
      const url = `bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Date=20300101T000000Z&X-Amz-Expires=43200&X-Amz-Signature=${random.text('hex', 64)}`;
      return SHORT_LIVED + encodeBase64(Buffer.from(url, 'latin1'), 'base64');
    }
    const text = `BedrockAPIKey-${random.text('base36', 4)}-at-${random.text('digits', 12)}:${random.text('base64', 44)}`;
    return LONG_LIVED + encodeBase64(Buffer.from(text, 'latin1'), 'base64');
  },
};
