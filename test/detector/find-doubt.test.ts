// Why a credential that has its rule's form is doubted: requests to test servers, passwords that repeat their user.
import { describe, expect, it, test } from 'vitest';
import { findDoubt } from '../../src/detector/find-doubt.ts';

/** Asks about the text between the two marks. */
function ask(marked: string, ruleId = 'http-auth.basic-header'): string | undefined {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace(/[«»]/g, '');
  return findDoubt((from, to) => text.slice(Math.max(0, from), to), { start, end }, ruleId);
}

const TO_TEST = 'is sent to a test server, by the address beside it';

describe('headers', () => {
  it.each([
    ["curl -H 'Authorization: Basic «YTpi»' http://localhost:8080/login", TO_TEST],
    ["curl http://127.0.0.1/a -H 'Authorization: Bearer «abc»'", TO_TEST],
    ['"url": "https://api.example.com/v1",\n"authorization": "Token «abc»"', TO_TEST],
    ["request_url https://oidc-certification.acme.io:8443/token\n{'Authorization': 'Basic «YTpi»'}", TO_TEST],
    ['Authorization: «abc»\nhttps://app.test/', TO_TEST],
    ["curl -H 'Authorization: Basic «YTpi»' https://api.acme.io/login", undefined],
    ["curl -H 'Authorization: Basic «YTpi»' https://localhost.acme.io/", undefined],
    ["curl http://localhost/ https://api.acme.io -H 'Authorization: Basic «YTpi»'", undefined],
    ["curl -H 'Authorization: Basic «YTpi»'", undefined],
    ['token = "«abc»" # http://localhost:8080', undefined],
    [`Authorization: «abc»${' '.repeat(240)}http://localhost/`, undefined],
  ])('%s', (marked, expected) => {
    expect(ask(marked)).toBe(expected);
  });
});

test('a token of a known provider opens it, wherever it is sent', () => {
  const line = 'curl -H "Authorization: token «abc»" https://example.org';
  expect(ask(line)).toBe(TO_TEST);
  expect(ask(line, 'jwt.token')).toBe(TO_TEST);
  expect(ask(line, 'github.personal-access-token')).toBeUndefined();
});

describe('users of addresses', () => {
  it.each([
    ['mysql://airflow:«airflow»@localhost', 'repeats the name of its user'],
    ['mysql://airflow:«airflow2»@localhost', undefined],
    ['airflow:«airflow»@localhost', undefined],
  ])('%s', (marked, expected) => {
    expect(ask(marked)).toBe(expected);
  });
});

describe('sentences and names', () => {
  it.each([
    ['- Password: «where» the account is managed', 'is a word of a sentence'],
    ['password: «chosen» by a person.', 'is a word of a sentence'],
    ['password: «swordfish» # for now', undefined],
    ['password: «swordfish» on host=db1', undefined],
    ['password: «swordfish»', undefined],
    ['password=«swordfish» is the one', undefined],
    ['"entry": "«ShopStripeSecret357093DB-lanTHe7qg3i6»"', 'is a name made by CloudFormation'],
    ['"entry": "«ShopStripeSecret-lanTHe7qg3i6»"', undefined],
  ])('%s', (marked, expected) => {
    expect(ask(marked)).toBe(expected);
  });
});
