// Reads passwords that no name assigns: the second of a pair (`auth=("user", "word")`), and what the pattern of a scored
// rule found (`scheme://user:word@host`, `mysql -pword`). Text in, an assignment out; no judgement of the value.
import { type Assignment, closeQuote, placeValue } from './assignment.ts';

/** Names whose first argument is a user and whose second is a password. */
const LOGIN =
  /(?:basic_?auth(?:entication)?|http\w{0,12}auth|credentials?|password_?authentication|username_?password\w{0,24}|authenticate)$|(?:^|[.>])\w{0,20}(?:auth|creds?)$/i;
/** `auth` alone means this only in a tuple, or as a method: `auth=("user", "word")`, `.auth("user", "word")`. */
const BARE_AUTH = /(?:^|[_.])auth$/i;
const TUPLE = /=\s{0,4}\($/;
const USER = /^[\w.@+\\:/-]{1,60}$/;
const NEXT = /^\s{0,24},\s{0,24}(?:@|[bruNL]{1,2}(?=["']))?(?=["'`])/;
/** Between the last name and the first argument: the bracket, and what may open a text. */
const OPENED = /^["'`\])]{0,2}\s{0,4}(?:[=:]\s{0,4})?\(\s{0,8}[@bruNL]{0,2}["'`]$/;

/**
 * The password of a pair whose user was read, as if it were assigned to a name of its own; undefined when it is none.
 *
 * @param text that `first` was read from
 */
export function readLogin(text: string, first: Assignment): Assignment | undefined {
  const { name, operator, quote, value, valueEnd } = first;
  if (quote === '' || quote === '&' || !OPENED.test(operator) || !LOGIN.test(name) || !USER.test(value))
    return undefined;
  if (BARE_AUTH.test(name) && !TUPLE.test(operator.slice(0, operator.indexOf('(') + 1)) && !/\.auth$/i.test(name))
    return undefined;
  const gap = NEXT.exec(text.slice(valueEnd + 1, valueEnd + 60));
  if (!gap) return undefined;
  const valueStart = valueEnd + 1 + gap[0].length + 1;
  const ownQuote = text[valueStart - 1]!;
  const end = closeQuote(text, valueStart, ownQuote, false);
  if (end <= valueStart) return undefined;
  return placeValue(text, first.valueStart, {
    name: 'password',
    wordAt: 0,
    quote: ownQuote,
    operator: SECOND,
    valueStart,
    valueEnd: end,
  });
}

/** Operator of a value that stands behind a user's name. */
export const SECOND = '(,';
/** Operator of a password in an address. */
export const IN_ADDRESS = '://';

/** How the values of a scored rule with anchors are assigned, by the rule. */
const OPERATORS: Readonly<Record<string, string>> = {
  'generic.url-password': IN_ADDRESS,
  'generic.call-password': SECOND,
  'generic.sql-password': ' ',
  'generic.mysql-password': ' ',
};

/**
 * What the pattern of a scored rule found, as if a name for passwords assigned it.
 *
 * @param start of the value in `text`
 */
export function readScored(text: string, ruleId: string, start: number, end: number): Assignment {
  const last = text[start - 1] ?? '';
  const isQuoted = /["'`]/.test(last) && text[end] === last;
  const quote = isQuoted ? last : '';
  const name =
    ruleId === 'generic.sql-password'
      ? 'identified by'
      : ruleId === 'generic.mysql-password'
        ? '-password'
        : 'password';
  return placeValue(text, start - quote.length, {
    name,
    wordAt: name === '-password' ? 1 : 0,
    quote,
    operator: OPERATORS[ruleId] ?? ' ',
    valueStart: start,
    valueEnd: end,
  });
}
