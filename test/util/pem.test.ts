// Armoured blocks in text.
import { expect, test } from 'vitest';
import { readPemBlock } from '../../src/util/pem.ts';

const [OPEN, CLOSE] = ['-----BEGIN TEST KEY-----', '-----END TEST KEY-----'];
const WHOLE = { label: 'TEST KEY', fields: [], body: 'AAAA+BBB/CC=', checksum: undefined, isClosed: true };

test.each([
  ['lines', `${OPEN}\nAAAA+B\nBB/CC=\n${CLOSE}`],
  ['CRLF', `${OPEN}\r\nAAAA+B\r\nBB/CC=\r\n${CLOSE}`],
  ['one line', `${OPEN}AAAA+BBB/CC=${CLOSE}`],
  ['escaped line ends', `${OPEN}\\nAAAA+B\\nBB/CC=\\n${CLOSE}`],
  ['quoted and joined', `"${OPEN}\\n" +\n  "AAAA+B\\n" +\n  "BB/CC=\\n" +\n  "${CLOSE}\\n"`],
  ['quoted and joined by dots', `'${OPEN}' .\n  'AAAA+B' .\n  'BB/CC=' .\n  '${CLOSE}'`],
  ['a diff or comment', `// ${OPEN}\n// AAAA+B\n// BB/CC=\n// ${CLOSE}`],
  ['quoted mail', `> ${OPEN}\n> AAAA+B\n> BB/CC=\n> ${CLOSE}`],
  ['surroundings', `x = """${OPEN}\n\n  AAAA+B  \n\tBB/CC=\n${CLOSE}""" # end`],
])('written as %s', (_, text) => {
  expect(readPemBlock(text)).toEqual(WHOLE);
});

test('header fields and the checksum line', () => {
  const text = [OPEN, 'Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES,00', '', 'AAAA', '=abcd', CLOSE].join('\n');
  expect(readPemBlock(text)).toEqual({
    label: 'TEST KEY',
    fields: ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES,00'],
    body: 'AAAA',
    checksum: 'abcd',
    isClosed: true,
  });
});

test('no end line, another end line, no opener', () => {
  expect(readPemBlock(`${OPEN}\nAAAA+BBB/CC=`)).toEqual({ ...WHOLE, isClosed: false });
  expect(readPemBlock(`${OPEN}\nAAAA+BBB/CC=\n-----END OTHER-----`)).toEqual({ ...WHOLE, isClosed: false });
  expect(readPemBlock('AAAA')).toBeUndefined();
});
