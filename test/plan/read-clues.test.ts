// What is read around a value: names, blocks, hosts, and never the value. «» marks where it stands.
import { expect, it } from 'vitest';
import { readClues } from '../../src/plan/read-clues.ts';

function cluesOf(marked: string) {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const text = marked.replace(/[«»]/g, '');
  const before = text.slice(0, start).split('\n');
  const upTo = text.slice(0, end).split('\n');
  const place = {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    endLine: upTo.length,
    endColumn: (upTo.at(-1)?.length ?? 0) + 1,
  };
  return readClues(text.split('\n'), place);
}

it.each([
  ["const stripeApiKey = '«v»';", 'stripeApiKey'],
  ['STRIPE_API_KEY=«v»', 'STRIPE_API_KEY'],
  ['export STRIPE_API_KEY="«v»"', 'STRIPE_API_KEY'],
  ['  "apiKey": "«v»",', 'apiKey'],
  ["define('DB_PASSWORD', '«v»');", 'DB_PASSWORD'],
  ['os.environ["API_KEY"] = "«v»"', 'API_KEY'],
  ['api_key => "«v»"', 'api_key'],
  ['private static final String API_KEY = "«v»";', 'API_KEY'],
  ['const apiKey: string = "«v»";', 'apiKey'],
  ['apiKey := "«v»"', 'apiKey'],
  ['<password>«v»</password>', 'password'],
  ['<add key="AdminPassword" value="«v»" />', 'AdminPassword'],
  ['deploy --token «v»', 'token'],
  ['client.setApiKey("«v»")', 'client.setApiKey'],
  ['Authorization: Bearer «v»', 'Authorization'],
  ['- name: API_KEY\n  value: «v»', 'API_KEY'],
  ['- value: «v»\n  name: API_KEY', 'API_KEY'],
  ['pub const API_KEY: &str = "«v»";', 'API_KEY'],
  ['nothing here\n«v»', undefined],
])('%j is assigned to %s', (text, name) => {
  expect(cluesOf(text).variable).toBe(name);
});

it('reads blocks by indentation, items of lists and sections', () => {
  expect(cluesOf('prod:\n  database:\n    host: x\n    password: «v»\n').keyPath).toEqual(['prod', 'database']);
  expect(cluesOf('Users:\n  - Name: a\n    Password: «v»\n').keyPath).toEqual(['Users']);
  expect(cluesOf('[a]\nx = 1\n[reuters]\ny = 2\nkey = «v»\n').keyPath).toEqual(['reuters']);
  expect(cluesOf('resource "aws_db_instance" "orders" {\n  password = "«v»"\n}\n').keyPath).toEqual([
    'aws_db_instance orders',
  ]);
  expect(cluesOf('const config = {\n  stripe: {\n    key: "«v»",\n  },\n};\n').keyPath).toEqual(['config', 'stripe']);
});

it('reads hosts, users and databases, those on its own line first', () => {
  expect(cluesOf('url = "postgres://shop:«v»@orders-db.prod.internal:5432/orders"\nhost = "other"\n')).toMatchObject({
    hosts: ['orders-db.prod.internal'],
    users: ['shop'],
    databases: ['orders'],
    engines: ['postgres'],
    variable: 'url',
  });
  expect(cluesOf('DB_HOST=a.example\nDB_NAME=shop\nDB_USER=ada\nDB_PASSWORD=«v»\n')).toMatchObject({
    hosts: ['a.example'],
    users: ['ada'],
    databases: ['shop'],
  });
});

it('never holds the value, not even where it stands twice on the line', () => {
  const value = 'Zq9'.repeat(6);
  const clues = cluesOf(`call("${value}x", key = "«${value}»")`);
  expect(JSON.stringify({ ...clues, beside: '', mentions: [] })).not.toContain(`"${value}"`);
  expect(cluesOf(`key = "«${value}»"`)).toMatchObject({ beside: 'key = " "', mentions: [] });
});

it('takes lines of any length and shape without an accident', () => {
  const long = 'a '.repeat(200_000);
  const start = performance.now();
  for (const text of [
    `${long}= "«v»"`,
    `${'{'.repeat(50_000)}«v»`,
    `${' '.repeat(100_000)}key: «v»`,
    '«v»',
    `${'key: x\n'.repeat(20_000)}  k: «v»`,
  ])
    cluesOf(text);
  expect(performance.now() - start).toBeLessThan(5_000);
});
