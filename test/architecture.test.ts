// The rules of the house that a machine can check: import arrows (the table of src/README.md), cycles, file headers and
// sizes, who may see a value in clear, who may end the process. An exception is made by changing a list here, in the open.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '..', 'src');
const MOST_LINES = 400;
/** Tables of data and generated files may be longer. */
const TABLES = ['kernel/scan-wasm.ts', 'detector/pair-rarity-table.ts'];
/** Where a value may be in clear: to hand it to another thread, to remove it from a report, to print it on request, to
 *  identify it, to compare it with what the user ignores, to write the file that takes it out of a history,
 *  to look for its copies beside a history, and to hand an entry to the program that deletes it, and to compare
 *  it with a vault's on request, and with digests that another tool kept. */
const MAY_REVEAL = [
  'baseline/fingerprint.ts',
  'commands/rewrite-plan.ts',
  'credentials/same-value.ts',
  'filters/config-ignore.ts',
  'filters/placeholder.ts',
  'importers/value-digest.ts',
  'pipeline/wire.ts',
  'reporters/json-record.ts',
  'reporters/redact.ts',
  'scrub/atuin-delete.ts',
  'scrub/fish-delete.ts',
  'scrub/value-forms.ts',
  'shellscan/block-scanner.ts',
  'vault/compare-values.ts',
];

interface SourceFile {
  /** Relative to src, with `/`. */
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  /** The text without comments. */
  readonly code: string;
}

function dropComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

function readSources(): readonly SourceFile[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.ts') && !path.startsWith('kernel/assembly/'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(SRC, path), 'utf8');
      return { path, folder: path.split('/')[0] ?? '', text, code: dropComments(text) };
    });
}

const FILES = readSources();
const listed = (files: readonly SourceFile[]): readonly string[] => files.map((file) => file.path);

interface Import {
  /** Relative to src, with `/`; the bare name of a package otherwise. */
  readonly target: string;
  readonly isTypeOnly: boolean;
}

function importsOf(file: SourceFile): readonly Import[] {
  const statements = file.code.matchAll(
    /\b(?:import|export)\s+(type\s+)?(?:[^'";]*?\bfrom\s*)?'([^']+)'|\bimport\(\s*'([^']+)'/g,
  );
  return [...statements].map(([, type, named, onDemand]) => {
    const specifier = named ?? onDemand ?? '';
    const isOurs = specifier.startsWith('.');
    const target = isOurs
      ? relative(SRC, join(SRC, dirname(file.path), specifier))
          .split(sep)
          .join('/')
      : specifier;
    return { target, isTypeOnly: type !== undefined };
  });
}

/** Folder → folders it may import from, in the order of the table. */
function readTable(): ReadonlyMap<string, ReadonlySet<string>> {
  const rows = new Map<string, ReadonlySet<string>>();
  for (const line of readFileSync(join(SRC, 'README.md'), 'utf8').split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    const folder = /^`([a-z]+)`$/.exec(cells[1] ?? '')?.[1];
    if (folder === undefined) continue;
    const allowed = cells[3] === 'everything above' ? [...rows.keys()] : (cells[3]?.match(/[a-z]+/g) ?? []);
    rows.set(folder, new Set([folder, ...allowed]));
  }
  return rows;
}

const TABLE = readTable();

test('the table names every folder, and allows only what stands above', () => {
  expect([...TABLE.keys()].sort()).toEqual([...new Set(FILES.map((file) => file.folder))].sort());
  const seen: string[] = [];
  for (const [folder, allowed] of TABLE) {
    seen.push(folder);
    expect([...allowed].filter((one) => !seen.includes(one)).map((one) => `${folder} imports ${one}`)).toEqual([]);
  }
});

test('imports follow the table', () => {
  const wrong = FILES.flatMap((file) =>
    importsOf(file)
      .filter(({ target }) => existsSync(join(SRC, target)))
      .filter(({ target }) => !TABLE.get(file.folder)?.has(target.split('/')[0] ?? ''))
      .map(({ target }) => `${file.path} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('every relative import names a file of ours', () => {
  const paths = new Set(listed(FILES));
  const found = FILES.flatMap((file) => importsOf(file).filter(({ target }) => /\.(?:ts|js|mjs|cjs)$/.test(target)))
    // A package of that name.
    .filter(({ target }) => target !== 'sql.js');
  expect(found.map(({ target }) => target).filter((target) => !paths.has(target))).toEqual([]);
  // Else the pattern above has stopped to match, and the other tests with it.
  expect(found.length).toBeGreaterThan(300);
});

test('no file imports itself by a circle', () => {
  const next = new Map(
    FILES.map((file) => [
      file.path,
      importsOf(file)
        .filter((i) => !i.isTypeOnly)
        .map((i) => i.target),
    ]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
    if (done.has(path) || way.includes(path)) return;
    for (const target of next.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

test('names say what is inside', () => {
  const wrong = listed(FILES).filter((path) => /(?:^|\/)(?:index|utils?|helpers?|misc|types|common)\.ts$/.test(path));
  expect(wrong).toEqual([]);
  expect(listed(FILES).filter((path) => !/^[a-z]+\/[a-z0-9]+(?:[-.][a-z0-9]+)*\.ts$/.test(path))).toEqual([]);
});

test('each file opens with 1 to 8 lines that say what it is for', () => {
  const wrong = FILES.filter(({ text }) => {
    const lines = text.split('\n');
    const end = lines.findIndex((line) => !line.startsWith('//'));
    return end < 1 || end > 8 || (lines[0]?.length ?? 0) < 20;
  });
  expect(listed(wrong)).toEqual([]);
});

test('no file is too long', () => {
  const long = FILES.filter(({ path, text }) => !TABLES.includes(path) && text.split('\n').length > MOST_LINES);
  expect(listed(long)).toEqual([]);
});

test('only named exports', () => {
  expect(listed(FILES.filter(({ code }) => /\bexport\s+default\b/.test(code)))).toEqual([]);
});

test('values are in clear only where the list says', () => {
  expect(listed(FILES.filter(({ code }) => /\.reveal\(/.test(code)))).toEqual(MAY_REVEAL);
});

test('nobody writes to the console', () => {
  expect(listed(FILES.filter(({ code }) => /\bconsole\s*\./.test(code)))).toEqual([]);
});

test('only the entries set the exit code or end the process', () => {
  expect(listed(FILES.filter(({ code }) => /process\.exitCode/.test(code)))).toEqual([
    'action/action.ts',
    'cli/cli.ts',
    'cli/main.ts',
  ]);
  expect(listed(FILES.filter(({ code }) => /process\.exit\(/.test(code)))).toEqual(['cli/run-command.ts']);
});

test('detector and reporters know no files, git, clock, network or environment', () => {
  const pure = FILES.filter(({ folder }) => ['detector', 'reporters', 'checks', 'filters', 'model'].includes(folder));
  const forbidden = /\bDate\.now\b|\bnew Date\(\)|\bprocess\.|\bMath\.random\b|\bfetch\(/;
  const wrong = pure.filter(
    (file) =>
      forbidden.test(file.code) ||
      importsOf(file).some(({ target }) => /^(?:node:)?(?:fs|http|https|net|dns|child_process|os)\b/.test(target)),
  );
  expect(listed(wrong)).toEqual([]);
});

test('no file opens a connection', () => {
  const wrong = FILES.filter(
    (file) =>
      /\bfetch\(|\bWebSocket\b/.test(file.code) ||
      importsOf(file).some(({ target }) => /^(?:node:)?(?:http2?|https|net|tls|dgram|dns)$/.test(target)),
  );
  expect(listed(wrong)).toEqual([]);
  // The SDK of the vault does, on request; nothing else has it, and it is loaded when it is wanted.
  const ofVault = FILES.flatMap((file) => importsOf(file).map((one) => ({ ...one, file })))
    .filter(({ target, isTypeOnly }) => /^@(?:aws-sdk|smithy)\//.test(target) && !isTypeOnly)
    .filter(
      ({ file, target }) =>
        file.folder !== 'vault' || new RegExp(`^import (?!type ).*'${target}'`, 'm').test(file.code),
    );
  expect(ofVault.map(({ file, target }) => `${file.path}: ${target}`)).toEqual([]);
});

test.each([...TABLE.keys()])('src/%s says what it does, what it may not, and what others may import', (folder) => {
  const readme = join(SRC, folder, 'README.md');
  const text = existsSync(readme) ? readFileSync(readme, 'utf8') : '';
  expect(text).toMatch(new RegExp(`^# ${folder}\\n`));
  expect(text).toMatch(/\b(?:may not|must not|never|no|not|nothing)\b/i);
  expect(text).toMatch(/\bimport|\bothers\b/i);
});
