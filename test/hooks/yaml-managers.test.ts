// lefthook.yml and .pre-commit-config.yaml: whole texts before and after, the way back, and what is refused.
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { addLefthookJob } from '../../src/hooks/lefthook.ts';
import { addEntries } from '../../src/hooks/pre-commit-framework.ts';
import { removeBlocks } from '../../src/hooks/shell-block.ts';
import { RandomText } from '../../src/util/random-text.ts';

const PROGRAM = 'unleak';
const RUN =
  '"unleak hook run pre-commit || { command -v unleak >/dev/null || echo \'unleak: nothing was scanned, so this stops; run: npm install --global unleak\' >&2; exit 1; }"';
const START = '# unleak:hook start (to take it out: unleak hook uninstall)';
const END = '# unleak:hook end';

describe('lefthook', () => {
  const add = (text: string) => addLefthookJob(text, 'lefthook.yml', 'pre-commit', PROGRAM);

  test.each([
    ['', `${START}\npre-commit:\n  jobs:\n    - name: unleak\n      run: ${RUN}\n${END}\n`],
    ['# only words\n', `# only words\n${START}\npre-commit:\n  jobs:\n    - name: unleak\n      run: ${RUN}\n${END}\n`],
    [
      'pre-commit:\n    jobs:\n        - run: a # why\n\n    # below\npre-push: {}\n',
      `pre-commit:\n    jobs:\n        - run: a # why\n        ${START}\n        - name: unleak\n          run: ${RUN}\n        ${END}\n\n    # below\npre-push: {}\n`,
    ],
    [
      'pre-commit:\n  jobs:\n  - run: |\n      one\n      two\n',
      `pre-commit:\n  jobs:\n  - run: |\n      one\n      two\n  ${START}\n  - name: unleak\n    run: ${RUN}\n  ${END}\n`,
    ],
    [
      'pre-commit:\n  parallel: true\n  commands:\n    lint:\n      run: x',
      `pre-commit:\n  parallel: true\n  commands:\n    lint:\n      run: x\n    ${START}\n    unleak:\n      run: ${RUN}\n    ${END}`,
    ],
    [
      'pre-commit:\r\n  piped: true\r\n',
      `pre-commit:\r\n  piped: true\r\n  ${START}\r\n  jobs:\r\n    - name: unleak\r\n      run: ${RUN}\r\n  ${END}\r\n`,
    ],
  ])('%j', (before, after) => {
    expect(add(before)).toBe(after);
    expect(removeBlocks(after)).toBe(before);
    expect(add(after)).toBe(after);
  });

  test.each([
    'pre-commit: {jobs: [{run: a}]}\n',
    'pre-commit:\n  jobs: [{run: a}]\n',
    'pre-commit:\n  commands: {}\n',
    'pre-commit:\n',
    '{pre-push: {}}\n',
    'x: &x\n  jobs: [{run: a}]\npre-commit: *x\n',
  ])('refuses %j, with the lines to add', (text) => {
    expect(() => add(text)).toThrow(
      `lefthook.yml: cannot be added to line by line; add this by hand:\npre-commit:\n  jobs:\n    - name: unleak\n      run: ${RUN}`,
    );
  });

  test.each([
    ['a: [', 'lefthook.yml: is no YAML'],
    ['- a\n', 'lefthook.yml: holds no YAML map; mend it first'],
  ])('%j is no file of lefthook', (text, message) => {
    expect(() => add(text)).toThrow(message);
  });
});

describe('the pre-commit framework', () => {
  const add = (text: string) => addEntries(text, 'f.yaml', ['pre-commit'], PROGRAM);
  const lines = (indent: string) =>
    [
      START,
      '- repo: local',
      '  hooks:',
      '    - id: unleak-pre-commit',
      '      name: unleak (pre-commit)',
      '      entry: unleak hook run pre-commit',
      '      language: system',
      '      pass_filenames: false',
      '      always_run: true',
      '      require_serial: true',
      '      stages: [pre-commit]',
      END,
    ]
      .map((line) => `${indent}${line}\n`)
      .join('');

  test.each([
    [
      'repos:\n  - repo: meta\n    hooks: [{id: identity}] # end\n\nci: {}\n',
      `repos:\n  - repo: meta\n    hooks: [{id: identity}] # end\n${lines('  ')}\nci: {}\n`,
    ],
    [
      'repos:\n- repo: meta\n  hooks:\n  - id: identity\n  # last\n',
      `repos:\n- repo: meta\n  hooks:\n  - id: identity\n  # last\n${lines('')}`,
    ],
    ['fail_fast: true\n', `fail_fast: true\n${lines('').replace('- repo', 'repos:\n- repo')}`],
  ])('%j', (before, after) => {
    expect(add(before)).toBe(after);
    expect(removeBlocks(after)).toBe(before);
    expect(add(after)).toBe(after);
  });

  test('an entry that is there already, by hand or from the manifest', () => {
    const own =
      'repos:\n- repo: local\n  hooks:\n  - {id: x, name: x, language: system, entry: npx unleak hook run pre-commit}\n';
    const manifest = 'repos:\n- repo: https://example.org/unleak\n  rev: v1\n  hooks:\n  - id: unleak\n';
    expect([add(own), add(manifest)]).toEqual([own, manifest]);
  });

  test('refuses flow style and an empty list, with the lines to add', () => {
    for (const text of ['repos: []\n', 'repos: [{repo: meta, hooks: []}]\n', 'repos:\n']) {
      expect(() => add(text)).toThrow(
        'f.yaml: cannot be added to line by line; add this below repos by hand:\n- repo: local\n  hooks:\n    - id: unleak-pre-commit',
      );
    }
  });
});

test('random files: what was there means the same, and comes back byte for byte', () => {
  const seed = 20_260_915;
  const random = new RandomText(seed);
  let done = 0;
  for (let round = 0; round < 1500; round++) {
    const step = random.pick([1, 2, 4]);
    const eol = random.pick(['\n', '\n', '\r\n']);
    const out: string[] = [];
    const push = (depth: number, text: string) => {
      if (random.integer(6) === 0) out.push(random.pick(['', '# words', `${' '.repeat(random.integer(9))}# deep`]));
      out.push(' '.repeat(depth * step) + text);
    };
    for (const hook of ['pre-push', 'pre-commit', 'commit-msg'].slice(random.integer(3))) {
      push(0, `${hook}:`);
      if (random.integer(2) === 0) push(1, 'parallel: true');
      const isJobs = random.integer(2) === 0;
      push(1, isJobs ? 'jobs:' : 'commands:');
      for (let n = random.integer(3); n >= 0; n--) {
        const run = random.pick(['a', '"b # c"', "'d: e'", '>-']);
        push(2, isJobs ? `- name: n${n}` : `n${n}:`);
        out.push(`${' '.repeat(2 * step + (isJobs ? 2 : step))}run: ${run}`);
        if (run === '>-')
          out.push(
            `${' '.repeat(2 * step + (isJobs ? 4 : 2 * step))}folded`,
            '',
            `${' '.repeat(2 * step + (isJobs ? 4 : 2 * step))}text`,
          );
      }
    }
    const text = out.join(eol) + random.pick(['', eol, eol + eol]);
    let after: string;
    try {
      after = addLefthookJob(text, 'f', 'pre-commit', PROGRAM);
    } catch {
      continue; // Refused: nothing was written.
    }
    done++;
    const where = { seed, round, text };
    const [old, now] = [parse(text), parse(after)];
    expect({ ...where, back: removeBlocks(after) }).toEqual({ ...where, back: text });
    expect({ ...where, push: now['pre-push'], message: now['commit-msg'] }).toEqual({
      ...where,
      push: old['pre-push'],
      message: old['commit-msg'],
    });
    const names = JSON.stringify(now['pre-commit']).match(/unleak hook run pre-commit/g);
    expect({ ...where, names }).toEqual({ ...where, names: ['unleak hook run pre-commit'] });
  }
  expect(done).toBeGreaterThan(1400);
});
