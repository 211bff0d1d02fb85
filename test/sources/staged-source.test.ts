import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasSha256, makeFolder, makeRepository, removeFolders, TestRepository } from '../support/git-repository.ts';
import {
  COMMIT,
  EDITED,
  EDITED_LINES,
  hookCommand,
  hooked,
  makeStarted,
  prepareHooks,
  runHooked,
} from './staged-hook.ts';

beforeAll(prepareHooks);
afterAll(removeFolders);

describe('the staged source in a pre-commit hook', () => {
  it('plain commit: what is staged, not what is in the work tree', () => {
    const repository = makeStarted();
    repository.write('a.txt', EDITED);
    repository.git('add', 'a.txt');
    repository.write('a.txt', 'work tree only\n');
    repository.write('b.txt', 'work tree only\n');
    expect(runHooked(repository, COMMIT)).toEqual([
      { root: repository.path, targets: [{ path: 'a.txt', text: EDITED, added: EDITED_LINES }], problems: [] },
    ]);
  });

  it('commit -a', () => {
    const repository = makeStarted();
    repository.write('a.txt', EDITED);
    expect(runHooked(repository, [...COMMIT, '-a'])[0]?.targets).toEqual([
      { path: 'a.txt', text: EDITED, added: EDITED_LINES },
    ]);
  });

  it('commit PATH: not the other staged files', () => {
    const repository = makeStarted();
    repository.write('a.txt', EDITED);
    repository.write('b.txt', 'staged too\n');
    repository.git('add', 'b.txt');
    expect(runHooked(repository, [...COMMIT, '--', 'a.txt'])[0]?.targets).toEqual([
      { path: 'a.txt', text: EDITED, added: EDITED_LINES },
    ]);
  });

  it('commit -p: only the chosen hunks', () => {
    const repository = makeStarted();
    const lines = Array.from({ length: 20 }, (_, i) => `${i + 1}`);
    repository.write('a.txt', `${lines.join('\n')}\n`);
    repository.commitAll('long');
    lines[1] = 'yes';
    lines[17] = 'no';
    repository.write('a.txt', `${lines.join('\n')}\n`);
    lines[17] = '18';
    expect(runHooked(repository, [...COMMIT, '-p'], { input: 'y\nn\n' })[0]?.targets).toEqual([
      { path: 'a.txt', text: `${lines.join('\n')}\n`, added: [[2, 2]] },
    ]);
  });

  it('from a folder below the top', () => {
    const repository = makeStarted();
    repository.write('sub/c.txt', '1\n2\n');
    const cwd = join(repository.path, 'sub');
    expect(runHooked(repository, [...COMMIT, '-a'], { cwd })).toEqual([
      { root: repository.path, targets: [{ path: 'sub/c.txt', text: '1\n2\n', added: [[2, 2]] }], problems: [] },
    ]);
  });

  it('in a linked work tree', () => {
    const repository = makeStarted();
    const linked = new TestRepository(join(makeFolder(), 'linked'));
    repository.git('worktree', 'add', '-q', linked.path, '-b', 'linked');
    linked.write('a.txt', EDITED);
    repository.write('b.txt', 'in the other tree\n');
    repository.git('add', 'b.txt');
    expect(runHooked(linked, [...COMMIT, '-a'])).toEqual([
      { root: linked.path, targets: [{ path: 'a.txt', text: EDITED, added: EDITED_LINES }], problems: [] },
    ]);
  });

  it('in a submodule, and the submodule in the outer repository', () => {
    const inner = makeStarted();
    const outer = makeStarted();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'mod');
    const module = hooked(new TestRepository(join(outer.path, 'mod')));
    module.write('a.txt', EDITED);
    expect(runHooked(module, [...COMMIT, '-a'])).toEqual([
      { root: module.path, targets: [{ path: 'a.txt', text: EDITED, added: EDITED_LINES }], problems: [] },
    ]);
    outer.git('add', 'mod');
    expect(runHooked(outer, COMMIT)).toEqual([
      {
        root: outer.path,
        targets: [
          { path: '.gitmodules', text: `[submodule "mod"]\n\tpath = mod\n\turl = ${inner.path}\n`, added: 'all' },
        ],
        problems: [{ kind: 'submodule', path: 'mod', message: 'is a repository of its own; run unleak in it' }],
      },
    ]);
  });

  it('amend: what is new against HEAD', () => {
    const repository = makeStarted();
    repository.write('a.txt', EDITED);
    expect(runHooked(repository, ['commit', '-q', '--amend', '--no-edit', '-a'])[0]?.targets).toEqual([
      { path: 'a.txt', text: EDITED, added: EDITED_LINES },
    ]);
  });

  it.each([[], ...(hasSha256() ? [['--object-format=sha256']] : [])])('the first commit %s', (...options) => {
    const repository = hooked(makeRepository(...options));
    repository.write('HEAD', 'a file of that name\n');
    repository.write('dir/x', 'x');
    repository.git('add', '--all');
    expect(runHooked(repository, COMMIT)).toEqual([
      {
        root: repository.path,
        targets: [
          { path: 'HEAD', text: 'a file of that name\n', added: 'all' },
          { path: 'dir/x', text: 'x', added: 'all' },
        ],
        problems: [],
      },
    ]);
    repository.write('dir/x', 'x\ny\n');
    expect(runHooked(repository, [...COMMIT, '-a'])[0]?.targets).toEqual([
      { path: 'dir/x', text: 'x\ny\n', added: [[1, 2]] },
    ]);
  });

  it('every kind of change', () => {
    const repository = makeStarted();
    repository.write('moved', Array.from({ length: 30 }, (_, i) => `${i}\n`).join(''));
    repository.write('mode', 'm\n');
    repository.write('type', 't\n');
    repository.write('gone', 'g\n');
    repository.write('crlf', 'a\r\nb\r\n');
    repository.write('wide', Buffer.from('\ufeffa\nb\n', 'utf16le'));
    repository.write('only-removed', '1\n2\n');
    repository.write('hidden', 'a\n');
    repository.commitAll('before');
    repository.git('mv', 'moved', 'renamed');
    repository.write('renamed', `${readFileSync(join(repository.path, 'renamed'), 'latin1')}edit\n`);
    repository.write('mode', 'm\n', 0o755);
    rmSync(join(repository.path, 'type'));
    repository.tryGit(['-c', 'alias.ln=!ln -s "the target" type', 'ln']);
    rmSync(join(repository.path, 'gone'));
    repository.write('crlf', 'a\r\nB\r\n');
    repository.write('wide', Buffer.from('\ufeffa\nB\n', 'utf16le'));
    repository.write('only-removed', '1\n');
    repository.write('.gitattributes', '* -diff\nhidden diff=conv\n');
    repository.write('hidden', 'a\nb\n');
    repository.git('config', 'diff.conv.textconv', 'false');
    repository.write('empty', '');
    repository.write('binary', Buffer.from([0, 1, 2, 255]));
    repository.write('we"ird\n\u00e4\t', 'odd name\n');
    repository.write(Buffer.from('bad-\xff', 'latin1'), 'bad name\n');
    repository.git('add', '--all');
    repository.write('intended', 'only announced\n');
    repository.git('add', '-N', 'intended');
    const [seen] = runHooked(repository, COMMIT);
    expect(seen?.problems).toEqual([]);
    expect(seen?.targets.map((target) => [target.path, target.text.slice(-30), target.added])).toEqual([
      ['.gitattributes', '* -diff\nhidden diff=conv\n', 'all'],
      ['bad-\ufffd', 'bad name\n', 'all'],
      ['binary', '\0\x01\x02\xff', 'all'],
      ['crlf', 'a\r\nB\r\n', [[2, 2]]],
      ['empty', '', 'all'],
      ['hidden', 'a\nb\n', [[2, 2]]],
      ['renamed', '21\n22\n23\n24\n25\n26\n27\n28\n29\nedit\n'.slice(-30), 'all'],
      ['type', 'the target', 'all'],
      ['we"ird\n\u00e4\t', 'odd name\n', 'all'],
      ['wide', '\xff\xfea\0\n\0B\0\n\0', [[2, 2]]],
    ]);
  });

  it('config and environment that would change a diff or run programs', () => {
    const repository = makeStarted();
    const trap = join(makeFolder(), 'trap');
    const program = join(makeFolder(), 'program.sh');
    new TestRepository('/').write(program.slice(1), `#!/bin/sh\necho ran "$0" "$@" >> "${trap}"\n`, 0o755);
    repository.write('.gitattributes', '*.txt diff=evil filter=evil\n');
    repository.commitAll('attributes');
    repository.write('a.txt', EDITED);
    repository.git('add', 'a.txt');
    const settings = {
      'core.fsmonitor': program,
      'core.pager': program,
      'pager.diff-index': program,
      'diff.external': program,
      'diff.evil.command': program,
      'diff.evil.textconv': program,
      'filter.evil.clean': program,
      'filter.evil.smudge': program,
      'core.quotePath': 'true',
      'diff.noprefix': 'true',
      'diff.mnemonicPrefix': 'true',
      'color.ui': 'always',
      'color.diff': 'always',
      'diff.interHunkContext': '9',
      'diff.context': '9',
      'diff.renames': 'copies',
      'diff.algorithm': 'patience',
      'diff.relative': 'true',
      'diff.wsErrorHighlight': 'all',
      'diff.colorMoved': 'zebra',
      'diff.submodule': 'log',
      'diff.orderFile': '/dev/null',
    };
    for (const [name, value] of Object.entries(settings)) repository.git('config', name, value);
    const env = { GIT_EXTERNAL_DIFF: program, GIT_DIFF_OPTS: '--unified=9', GIT_PAGER: program, GIT_PAGER_IN_USE: '1' };
    // git itself may run its fsmonitor before the hook does: what counts is that nothing runs from the hook on.
    repository.hook('pre-commit', `rm -f "${trap}"; ${hookCommand()}; test ! -e "${trap}"`);
    expect(runHooked(repository, COMMIT, { env })[0]?.targets).toEqual([
      { path: 'a.txt', text: EDITED, added: EDITED_LINES },
    ]);
  });
});
