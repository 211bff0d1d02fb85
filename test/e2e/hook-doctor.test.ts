// The doctor turns red for every way of breaking a hook, and the cure it names is one line. Each case starts from a copy of a
// guarded repository with real managers (that the doctor is content with it: hook-managers.test.ts); the user's index and objects stay as they are.
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Break, change, copyOf, expectWrong, findWrongs, MODULES } from '../hooks/broken-hooks.ts';
import {
  findTool,
  HookRepository,
  LEAK,
  makeHookRepository,
  pathWith,
  writeAnywhere,
} from '../hooks/hook-repository.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

function makeHusky(): HookRepository {
  const repository = makeHookRepository({ devDependencies: { husky: '9' } });
  repository.link('husky', { husky: join(MODULES, 'husky', 'bin.js') });
  repository.unleak('hook install');
  repository.commitAll('guarded');
  repository.run('node_modules/.bin/husky', []);
  return repository;
}

const HUSKY: readonly Break[] = [
  [
    'a fresh work tree without .husky/_',
    ({ path }) => rmSync(join(path, '.husky', '_'), { recursive: true }),
    /core\.hooksPath in \.git\/config is \.husky\/_, but this work tree has no such folder: git runs no hook/,
    /^npx husky$/,
  ],
  ['HUSKY=0', () => ({ HUSKY: '0' }), /^HUSKY=0 is set, which switches husky off$/, /^unset HUSKY$/],
  [
    'HUSKY=0 in init.sh',
    ({ env }) => writeAnywhere(join(env.HOME ?? '', '.config', 'husky', 'init.sh'), 'export HUSKY=0\n'),
    /init\.sh sets HUSKY=0/,
    /^take the line HUSKY=0 out of /,
  ],
  [
    'Windows line ends',
    (repository) =>
      repository.write('.husky/pre-commit', (repository.read('.husky/pre-commit') ?? '').replaceAll('\n', '\r\n')),
    /^\.husky\/pre-commit has Windows line ends/,
    /^sed -i 's\/\\r\$\/\/' \.husky\/pre-commit && echo '\.husky\/\* text eol=lf' >> \.gitattributes$/,
  ],
  [
    'node_modules missing',
    ({ path }) => rmSync(join(path, 'node_modules'), { recursive: true }),
    /^node_modules\/\.bin\/unleak is not there, and unleak is not on PATH: the hook stops every commit$/,
    /^npm install$/,
  ],
  [
    'our lines taken out',
    (repository) => repository.write('.husky/pre-commit', 'npm test\n'),
    /^pre-commit does not call unleak$/,
    /^unleak hook install$/,
  ],
  [
    'our lines changed',
    (repository) => change(repository, '.husky/pre-commit', '|| exit $?', '|| true'),
    /^the lines of unleak in \.husky\/pre-commit were changed, or are of another version$/,
    /^unleak hook install$/,
  ],
  [
    'an end before our lines',
    (repository) => change(repository, '.husky/pre-commit', '#!/bin/sh\n', '#!/bin/sh\n[ -n "$CI" ] ||\n  exit 0\n'),
    /^\.husky\/pre-commit may end before it comes to the lines of unleak$/,
    /^unleak hook uninstall && unleak hook install$/,
  ],
  [
    'a hook file of husky that is not executable',
    ({ path }) => chmodSync(join(path, '.husky', '_', 'pre-commit'), 0o644),
    /^\.husky\/_\/pre-commit is not executable, so git leaves it out$/,
    /^chmod \+x \.husky\/_\/pre-commit$/,
  ],
  [
    'core.hooksPath of another checkout',
    (repository) => {
      const other = copyOf(makeHusky);
      repository.git('config', 'core.hooksPath', join(other.path, '.husky', '_'));
    },
    /is the whole path .*: other work trees run the hooks of that one$/,
    /^git config core\.hooksPath PATH/,
  ],
  [
    'core.hooksPath set to something else',
    (repository) => {
      repository.write('elsewhere/pre-commit', '#!/bin/sh\nexit 0\n', 0o755);
      repository.git('config', 'core.hooksPath', 'elsewhere');
    },
    /^pre-commit: \.husky\/pre-commit calls unleak, but git runs elsewhere\/pre-commit, .* does not lead there$/,
    /^npx husky$/,
  ],
  [
    'an ignore that hides everything',
    (repository) => repository.write('.unleakignore', '*.env\n'),
    /^a made-up secret in unleak-canary\.env was not stopped: the hook ended well$/,
    /^look for ignores and switched off rules/,
  ],
  [
    'a configuration that cannot be read',
    (repository) => repository.write('.unleak.yml', 'versoin: 1\n'),
    /^the hook fails before it scans \(exit code 2\): .*versoin/,
    /^run it by hand: git hook run pre-commit$/,
  ],
  [
    'an old Node',
    (repository) => {
      writeAnywhere(join(repository.path, 'old', 'node'), '#!/bin/sh\necho v18.20.8\n');
      chmodSync(join(repository.path, 'old', 'node'), 0o755);
      return { PATH: pathWith(join(repository.path, 'old')) };
    },
    /^hooks get .*old\/node, version 18\.20\.8: Node 18\.20\.8 is too old/,
    /^install a newer Node/,
  ],
  [
    'an unleak that does not start',
    (repository) => {
      const file = join(repository.path, 'node_modules', '.bin', 'unleak');
      rmSync(file);
      writeFileSync(file, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    },
    /^node_modules\/\.bin\/unleak does not start$/,
    /^npm install$/,
  ],
];

describe('husky', () => {
  test.each(HUSKY)('%s', (...broken) => expectWrong(copyOf(makeHusky), broken));

  test('lines that stand before ours are not run', () => {
    const repository = copyOf(makeHusky);
    change(repository, '.husky/pre-commit', '#!/bin/sh\n', '#!/bin/sh\ntouch ran\n');
    expect(repository.unleak('hook doctor').exitCode).toBe(0);
    expect(repository.read('ran')).toBeUndefined();
  });

  test('a linked work tree, before and after husky', () => {
    const first = copyOf(makeHusky);
    const folder = join(makeFolder(), 'linked');
    first.git('worktree', 'add', '--quiet', folder, '-b', 'side');
    const linked = new HookRepository(folder, first.env.HOME);
    const before = linked.unleak('hook doctor');
    expect([before.exitCode, findWrongs(before.stdout)[0]?.[1]]).toEqual([1, 'npx husky']);
    linked.link('husky', {
      husky: join(MODULES, 'husky', 'bin.js'),
      unleak: join(MODULES, '..', 'dist', 'unleak.cjs'),
    });
    linked.run('node_modules/.bin/husky', []);
    const after = linked.unleak('hook doctor');
    expect([after.exitCode, findWrongs(after.stdout)]).toEqual([0, []]);
    expect(linked.commit('a.env', LEAK).exitCode).toBe(1);
  });

  test('what is staged and stored stays as it is, and the temporary folder is empty again', () => {
    const repository = copyOf(makeHusky);
    repository.write('half.txt', 'staged\n');
    repository.git('add', 'half.txt');
    repository.write('half.txt', 'not staged\n');
    const temporary = makeFolder();
    const look = () => [
      repository.git('status', '--porcelain=v2'),
      repository.git('ls-files', '--stage'),
      repository.git('count-objects', '-v'),
      repository.read('.git/config'),
      readdirSync(temporary),
    ];
    const before = look();
    const { exitCode, stdout } = repository.unleak('hook doctor', { TMPDIR: temporary });
    expect([exitCode, look()]).toEqual([0, before]);
    expect(stdout).not.toMatch(/gh[p]_[A-Za-z0-9]{36}/);
  });

  test('a client without the PATH of the shell is a note when it would find no node', () => {
    const repository = copyOf(makeHusky);
    const folder = makeFolder();
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin', 'node'), `#!/bin/sh\nexec ${process.execPath} "$@"\n`, { mode: 0o755 });
    const { stdout } = repository.unleak('hook doctor', { PATH: pathWith(join(folder, 'bin')) });
    // Where the machine's own node is in a usual place, every client finds it.
    const isUsual = ['/usr/bin', '/bin', '/usr/local/bin', '/opt/homebrew/bin'].some((one) =>
      findTool('node')?.startsWith(`${one}/`),
    );
    expect(stdout.includes('would find no node')).toBe(!isUsual);
  });
});

describe('git', () => {
  function makePlain(): HookRepository {
    const repository = makeHookRepository();
    repository.unleak('hook install');
    return repository;
  }
  const PLAIN: readonly Break[] = [
    [
      'not executable',
      ({ path }) => chmodSync(join(path, '.git/hooks/pre-commit'), 0o644),
      /^\.git\/hooks\/pre-commit is not executable/,
      /^chmod \+x \.git\/hooks\/pre-commit$/,
    ],
    [
      'core.hooksPath set to a folder that is not there',
      (repository) => void repository.git('config', 'core.hooksPath', 'nowhere'),
      /^core\.hooksPath in \.git\/config is nowhere, but this work tree has no such folder/,
      /^mkdir -p nowhere && unleak hook install$/,
    ],
    [
      'Windows line ends',
      (repository) => change(repository, '.git/hooks/pre-push', /\n/g, '\r\n'),
      /^\.git\/hooks\/pre-push has Windows line ends/,
      /^sed -i 's\/\\r\$\/\/' \.git\/hooks\/pre-push$/,
    ],
    [
      'a first line that names no program',
      (repository) => change(repository, '.git/hooks/pre-commit', '#!/bin/sh', '#!/bin/nothing'),
      /^the hook fails before it scans/,
      /^run it by hand/,
    ],
  ];
  test.each(PLAIN)('%s', (...broken) => expectWrong(copyOf(makePlain), broken));

  test('outside of a repository', () => {
    const folder = new HookRepository(makeFolder());
    const { exitCode, stderr } = folder.unleak('hook doctor');
    expect([exitCode, stderr]).toEqual([
      2,
      `unleak: ${folder.path}: not inside a git repository; run unleak in one, or use: unleak scan\n`,
    ]);
  });
});
