// Tells from the text around a credential why it is of little use where it stands: a request to a server that only tests
// and documents know, a password that repeats its user. Looks at a bounded slice, for rules of every kind.
import type { Span } from '../model/span.ts';

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
 */
export function findDoubt(slice: (start: number, end: number) => string, span: Span): string | undefined {
  if (goesToTestServer(slice, span)) return 'is sent to a test server, by the address beside it';
  const user = USER_OF_ADDRESS.exec(slice(span.start - 104, span.start))?.[1];
  return user !== undefined && user === slice(span.start, span.end) ? 'repeats the name of its user' : undefined;
}
