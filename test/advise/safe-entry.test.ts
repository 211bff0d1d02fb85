// The ways of entry that the advice names, typed into the shells: the value arrives whole, and no history has it.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AWS_ENTRY } from '../../src/advise/aws-entry.ts';
import { findAdvice, SHELL_ADVICE } from '../../src/advise/shell-advice.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { isThere, makeHome, SHELLS, startShell } from '../scrub/live-shell.ts';

const LIVE = ['bash', 'zsh', 'fish', 'ksh93', 'mksh', 'tcsh'];

for (const name of LIVE) {
  const isMissing = !isThere('script') || !isThere(name);
  const why = isMissing ? ' (left out: it or script is not installed)' : '';
  test.skipIf(isMissing)(`${name}${why}: what is typed arrives and is not recorded`, async () => {
    const kind = SHELLS.find((one) => one.name === name);
    const lines = findAdvice(name)?.entry ?? [];
    if (!kind || lines.length === 0) throw new Error(`nothing for ${name}`);
    const value = `${new RandomText(913).text('base62', 12)} \\n%s$x*`;
    const home = makeHome(kind);
    const file = join(home, 'arrived');
    const shell = await startShell(kind, home);
    for (const line of lines) {
      const typed = line.replace('COMMAND-THAT-READS-STANDARD-INPUT', `cat > ${file}`);
      if (!/\bread\b/.test(line)) {
        await shell.type(typed);
        continue;
      }
      await shell.send(`${typed}\r`, '\n');
      await sleep(300);
      await shell.send(`${value}\r`, 'READY> ');
    }
    const printed = await shell.type('true end');
    await shell.exit();
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(value);
    expect(readFileSync(join(home, kind.history), 'latin1')).not.toContain(value.slice(0, 12));
    expect(printed).not.toContain(value.slice(0, 12));
    rmSync(home, { recursive: true });
  });
}

test('every shell has settings and every name leads to one', () => {
  for (const { name, otherNames, settings } of SHELL_ADVICE) {
    expect(settings.length, name).toBeGreaterThan(0);
    expect([name, ...otherNames].map((one) => findAdvice(one.toUpperCase())?.name)).toEqual(
      [name, ...otherNames].map(() => name),
    );
  }
  expect(findAdvice('cmd')).toBe(undefined);
});

test('the ways for AWS put no value on a command line', () => {
  const lines = AWS_ENTRY.flatMap((way) => way.lines).filter((line) => line.includes('--secret-string'));
  expect(lines.length).toBe(5);
  for (const line of lines) expect(line).toMatch(/--secret-string "?file:\/\//);
});
