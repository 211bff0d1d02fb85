// What README.md shows must work: its configuration is read by the real thing, its commands and options exist.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fillArguments } from '../../src/cli/fill-arguments.ts';
import { parseFull } from '../../src/cli/parse-full.ts';
import { EXIT } from '../../src/model/exit-code.ts';
import { REPORTERS } from '../../src/reporters/registry.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';
import { runUnleak } from './unleak-process.ts';

afterAll(removeFolders);
const TOP = join(import.meta.dirname, '..', '..');
const README = readFileSync(join(TOP, 'README.md'), 'utf8');

function blocks(language: string): readonly string[] {
  return [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    (match) => match[1] ?? '',
  );
}

test('its configuration is valid', () => {
  const config = blocks('yaml').find((block) => block.startsWith('version:')) ?? '';
  expect(config).toContain('ignore:');
  const cwd = makeFolder();
  writeFileSync(join(cwd, '.unleak.yml'), config);
  writeFileSync(join(cwd, 'a.txt'), 'nothing\n');
  const { exitCode, stderr } = runUnleak(['scan'], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('its command lines are understood', () => {
  const lines = blocks('sh')
    .join('')
    .split('\n')
    .flatMap((line) => line.match(/(?:npx unleak|node dist\/unleak\.cjs)( [^#&]*)/)?.[1]?.trim() ?? []);
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines) {
    const words = (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ''));
    const request = parseFull(words);
    if (request.kind === 'run') fillArguments(request.line);
    else expect([line, request.kind]).toEqual([line, 'help']);
  }
});

test('its table has every exit code', () => {
  const codes = [...README.matchAll(/^\| (\d+) +\|/gm)].map((match) => Number(match[1]));
  expect(codes).toEqual(Object.values(EXIT).filter((code) => Number(code) !== 130));
});

test('it names every format', () => {
  expect(README).toContain(`--format ${REPORTERS.map((reporter) => reporter.name).join('|')}`);
});

test('its links lead to files', () => {
  const targets = [...README.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? '');
  const ours = targets.filter((target) => !target.startsWith('https://'));
  expect(ours.length).toBeGreaterThan(5);
  for (const target of ours) expect(readFileSync(join(TOP, target), 'utf8').length).toBeGreaterThan(0);
});
