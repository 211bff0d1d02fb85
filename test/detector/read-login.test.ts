// Passwords that no name assigns: the second of a pair, and what the pattern of a scored rule found. Texts in, values out.
import { describe, expect, it } from 'vitest';
import { readAssignment } from '../../src/detector/assignment.ts';
import { readLogin, readScored } from '../../src/detector/read-login.ts';

/** The value behind the user at `^`; the name starts at `~`. */
function second(marked: string): string | undefined {
  const wordAt = marked.indexOf('~');
  const text = marked.replace(/[~^]/g, '');
  const first = readAssignment(text, wordAt, marked.indexOf('^') - 1)!;
  return readLogin(text, first)?.value;
}

describe('the second of a pair', () => {
  it.each([
    ['requests.get(u, ~auth=("^ann", "Kettle9Moon"))', 'Kettle9Moon'],
    ["requests.get(u, ~auth=('^ann', b'Kettle9Moon'))", 'Kettle9Moon'],
    ['~HTTPBasicAuth("^ann", "Kettle9Moon")', 'Kettle9Moon'],
    ['request(app).get("/")~.auth("^ann", "Kettle9Moon")', 'Kettle9Moon'],
    ['req.Set~BasicAuth("^ann", "Kettle9Moon")', 'Kettle9Moon'],
    ['new ~GitCredential("^ann", "Kettle9Moon");', 'Kettle9Moon'],
    ['new ~UsernamePasswordCredentials(\n  "^ann",\n  "Kettle9Moon")', 'Kettle9Moon'],
    ['new ~UsernamePasswordCredentials("^ann", getPassword())', undefined],
    ['~auth("^admin", "editor")', undefined],
    ['~set_password("^ann", "Kettle9Moon")', undefined],
    ['~HTTPBasicAuth("^a sentence, not a user", "Kettle9Moon")', undefined],
    ['~HTTPBasicAuth("^ann", "")', undefined],
  ])('%s', (marked, value) => {
    expect(second(marked)).toBe(value);
  });
});

it('what a pattern found knows its surroundings', () => {
  const text = 'x = 1\nurl = "mysql://ann:Kettle9Moon@db.corp/app"\ny = 2';
  const start = text.indexOf('Kettle9Moon');
  expect(readScored(text, 'generic.url-password', start, start + 11)).toEqual({
    name: 'password',
    wordAt: 0,
    value: 'Kettle9Moon',
    valueStart: start,
    valueEnd: start + 11,
    quote: '',
    operator: '://',
    before: 'url = "mysql://ann:',
    after: '@db.corp/app"\ny = 2',
    around: 'x = 1\n\0@db.corp/app"\ny = 2',
  });
});
