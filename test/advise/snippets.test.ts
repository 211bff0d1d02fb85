// The snippets in the shells they are for: the warning comes before the command runs, and the command is in no file.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { BASH_SNIPPET, FISH_SNIPPET, POWERSHELL_SNIPPET, ZSH_SNIPPET } from '../../src/advise/snippets.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { isThere, makeHome, SHELLS, type ShellKind, startShell } from '../scrub/live-shell.ts';

const SNIPPETS: readonly (readonly [shell: string, start: string, snippet: string])[] = [
  ['bash', '.bashrc', BASH_SNIPPET],
  ['zsh', '.zshrc', ZSH_SNIPPET],
  ['fish', '.config/fish/config.fish', FISH_SNIPPET],
];

for (const [name, start, snippet] of SNIPPETS) {
  const kind = SHELLS.find((one) => one.name === name) as ShellKind;
  const isMissing = !isThere('script') || !isThere(name);
  const why = isMissing ? ' (left out: it or script is not installed)' : '';
  test.skipIf(isMissing)(`${name}${why}: warns, waits, runs on the second Enter, records nothing`, async () => {
    const value = new RandomText(612).text('base62', 15);
    const home = makeHome({ ...kind, files: { ...kind.files, [start]: `${kind.files[start]}${snippet}` } });
    const proof = join(home, 'ran');
    writeFileSync(proof, '');
    const run = name === 'fish' ? `function mysql; echo ran >> ${proof}; end` : `mysql() { echo ran >> ${proof}; }`;
    const shell = await startShell(kind, home);
    await shell.type(run);
    await shell.type('true before');
    await shell.send(`mysql -uroot -p${value} db\n`, 'unleak: this looks like a secret');
    expect(readFileSync(proof, 'utf8')).toBe('');
    await shell.type('');
    expect(readFileSync(proof, 'utf8')).toBe('ran\n');
    // A line that somebody gives up after the warning.
    await shell.send(`export API_TOKEN=${value}\n`, 'unleak: this looks like a secret');
    await sleep(150);
    await shell.type('\u0015true after');
    await shell.type('mysql -u root -p db');
    await shell.exit();
    expect(readFileSync(proof, 'utf8')).toBe('ran\nran\n');
    const history = readFileSync(join(home, kind.history), 'utf8');
    expect(history).not.toContain(value);
    const commands = history.split('\n').map((line) => line.replace(/^- cmd: /, ''));
    expect(commands).toEqual(expect.arrayContaining(['true before', 'true after', 'mysql -u root -p db']));
    rmSync(home, { recursive: true });
  });
}

test('PowerShell: the snippet has the form of a handler (it is not run here)', () => {
  const lines = POWERSHELL_SNIPPET.split('\n');
  expect(lines.map((line) => line.replace(/'[^']*'/, "'…'"))).toMatchInlineSnapshot(`
    [
      "# unleak: keep commands with a secret out of the history file, and say so",
      "$UnleakPattern = '…'",
      "Set-PSReadLineOption -AddToHistoryHandler {",
      "  param([string]$line)",
      "  if ($line -cmatch $UnleakPattern) {",
      "    [Console]::Error.WriteLine("\`nunleak: this looks like a secret; it is kept in memory only. Better: unleak shell --advise powershell")",
      "    return [Microsoft.PowerShell.AddToHistoryOption]::MemoryOnly",
      "  }",
      "  try { return [Microsoft.PowerShell.PSConsoleReadLine]::GetDefaultAddToHistoryOption($line) } catch { return $true }",
      "}",
      "",
    ]
  `);
  const count = (c: string): number => POWERSHELL_SNIPPET.replace(/'[^']*'/g, '').split(c).length;
  expect([count('{'), count('('), count('[')]).toEqual([count('}'), count(')'), count(']')]);
});
