// Tells from the text around a credential why it is of little use where it stands: a request to a server that only tests
// and documents know, a password that repeats its user, a sentence that goes on, a name that a tool made up. Looks at a bounded slice, for rules of every kind.
import type { Span } from '../model/span.ts';
import { isGeneralRule } from './rule-program.ts';

/** `Authorization: Basic `, `'authorization': 'Bearer `, at the end of the text before the value. */
const HEADER = /authorization["'`\\\]]{0,3}\s{0,3}(?:[:=,]|=>)\s{0,3}["'`\\]{0,3}(?:(?:basic|bearer|token)\s{1,3})?$/i;
const ADDRESS = /https?:\/\/(?:[^\s@/"']{1,80}@)?(\[::1\]|[\w.-]{1,120})/gi;
/** RFC 2606 and RFC 6761 keep `example`, `test`, `invalid` and `localhost` free. */
const TEST_HOST =
  /^(?:127\.0\.0\.1|\[::1\]|0\.0\.0\.0)$|(?:^|\.)(?:example\.(?:com|org|net)|example|test|invalid|localhost)$|(?:^|[.-])(?:certification|conformance)(?:[.-]|$)/i;
const HEADER_BYTES = 48;
const BEFORE_BYTES = 320;
const AFTER_BYTES = 240;

/** `://airflow:` before `airflow`. */
const USER_OF_ADDRESS = /:\/\/([^\s:@/]{1,100}):$/;

/** `Password: where the account is managed`: a small word without quotes, and more words behind it. */
const WORD = /^[a-z]{2,}$/;
const SENTENCE_BEFORE = /[A-Za-z]: $/;
const SENTENCE_AFTER = /^ [a-z]{1,15} [a-z]{1,15}(?![\w$=:({[@-])/;
/** The longest that AWS allows; a longer value would make the pattern slow. */
const LONGEST_NAME = 255;
/** `StackSecret1A2B3C4D-a1B2c3D4e5F6`: what CloudFormation calls the things that it makes. */
const MADE_NAME = /(?:[A-Z][a-z]{2,}){2}\w{0,80}[0-9A-F]{8}-[A-Za-z0-9]{10,13}$/;

/** True when the value stands in a header and every address near it is a test server's. */
function goesToTestServer(slice: (start: number, end: number) => string, { start, end }: Span): boolean {
  if (!HEADER.test(slice(start - HEADER_BYTES, start))) return false;
  const around = `${slice(start - BEFORE_BYTES, start)}\n${slice(end, end + AFTER_BYTES)}`;
  const hosts = [...around.matchAll(ADDRESS)].map((match) => match[1]!);
  return hosts.length > 0 && hosts.every((host) => TEST_HOST.test(host));
}

/**
 * Why a credential that has its rule's form is reported with a low confidence, or undefined.
 *
 * @param slice text of the window between two places
 * @param span of the value
 * @param ruleId of the rule that it has the form of: what names its provider opens something, wherever it is sent
 */
export function findDoubt(
  slice: (start: number, end: number) => string,
  span: Span,
  ruleId: string,
): string | undefined {
  const isAnyones = isGeneralRule(ruleId) || ruleId.startsWith('jwt.');
  if (isAnyones && goesToTestServer(slice, span)) return 'is sent to a test server, by the address beside it';
  const value = slice(span.start, span.end);
  if (value.length <= LONGEST_NAME && MADE_NAME.test(value)) return 'is a name made by CloudFormation';
  if (
    WORD.test(value) &&
    SENTENCE_AFTER.test(slice(span.end, span.end + 40)) &&
    SENTENCE_BEFORE.test(slice(span.start - 3, span.start))
  )
    return 'is a word of a sentence';
  const user = USER_OF_ADDRESS.exec(slice(span.start - 104, span.start))?.[1];
  return user !== undefined && user === value ? 'repeats the name of its user' : undefined;
}
