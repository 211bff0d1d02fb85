// `unleak shell --advise` as a user runs it.
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { ZSH_SNIPPET } from '../../src/advise/snippets.ts';
import { runUnleak } from '../cli/unleak-process.ts';

const run = (words: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runUnleak(['shell', '--advise', ...words], { cwd: tmpdir(), env });

test('without a name it is the shell of the environment', () => {
  const heads = (env: NodeJS.ProcessEnv) => run([], env).stdout.match(/^== .* ==$/gm);
  expect(heads({ SHELL: '/usr/bin/zsh' })).toEqual(['== zsh ==', '== AWS ==']);
  expect(heads({ SHELL: '/bin/tcsh' })).toEqual(['== tcsh ==', '== AWS ==']);
});

test('of a shell that is not known it says so, and shows all', () => {
  const { stdout, stderr, exitCode } = run([], { SHELL: '/opt/odd\u001b[1m' });
  expect(exitCode).toBe(0);
  expect(stderr).toBe(
    'unleak: of odd\\x1b[1m, which SHELL names, nothing is known here; this is the advice for all others\n',
  );
  expect(stdout).toBe(run(['all']).stdout);
});

test('zsh: settings, ways of entry, and the snippet as it is', () => {
  const { stdout, stderr, exitCode } = run(['zsh']);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`add this to ~/.zshrc:\n\n${ZSH_SNIPPET}\n`);
  expect(stdout.replace(ZSH_SNIPPET, '<the snippet>\n')).toMatchInlineSnapshot(`
    "== zsh ==

    Settings, for ~/.zshrc unless typed:
        setopt HIST_IGNORE_SPACE
          a command with a space in front is not recorded
        HISTORY_IGNORE='(*AWS_SECRET_ACCESS_KEY=*|*--secret-string*|*sshpass -p*|*PASSWORD=*)'
          lines that match are not written to the file
        fc -p
          typed: a throw-away history from here on; fc -P goes back
      With HIST_IGNORE_SPACE the line stays in memory until the next one is typed, for editing.

    To enter a value with nothing recorded:
        read -rs "VALUE?value: "; echo
        printf %s "$VALUE" | COMMAND-THAT-READS-STANDARD-INPUT
        unset VALUE

    To be warned before a command with a secret is recorded, add this to ~/.zshrc:

    <the snippet>

    == AWS ==

    Instead of keys in variables: short-lived credentials:
        aws configure sso                      # once; then
        aws sso login --profile NAME
        export AWS_PROFILE=NAME                # a name, no secret

        # a role of another account, with a second factor, in ~/.aws/config:
        [profile NAME]
        role_arn = arn:aws:iam::ACCOUNT:role/ROLE
        source_profile = default
        mfa_serial = arn:aws:iam::ACCOUNT:mfa/USER
      If there must be long-lived keys: aws configure asks for them; it echoes what you type but records nothing.
      Never export AWS_SECRET_ACCESS_KEY=… on the command line.

    Linux (bash, zsh): a value for Secrets Manager:
        read -rs VALUE
        printf %s "$VALUE" | aws secretsmanager create-secret --name NAME --secret-string file:///dev/stdin
        unset VALUE
      printf is a part of the shell, so the value is in no process list. With create-secret it is update-secret and put-secret-value alike.
      Not --secret-string "$VALUE" (it is in the process list), not echo or <<< with the value (it is in the history).

    Linux: a longer value, such as JSON, in a file that never reaches the disk:
        umask 077; F=$(mktemp -p "\${XDG_RUNTIME_DIR:-/dev/shm}")
        "\${EDITOR:-vi}" "$F"     # or: cat > "$F", paste, Ctrl-D
        aws secretsmanager create-secret --name NAME --secret-string "file://$F"
        shred -u "$F"
      The file is stored as it is: a line break at its end becomes part of the secret. Turn backups of your editor off for it.

    macOS (zsh): a value for Secrets Manager:
        read -rs VALUE
        printf %s "$VALUE" | aws secretsmanager create-secret --name NAME --secret-string file:///dev/stdin
        unset VALUE

        # from the clipboard, which Universal Clipboard may share with your other devices:
        pbpaste | aws secretsmanager create-secret --name NAME --secret-string file:///dev/stdin; pbcopy < /dev/null
      printf is a part of the shell, so the value is in no process list. With create-secret it is update-secret and put-secret-value alike.
      Not --secret-string "$VALUE" (it is in the process list), not echo or <<< with the value (it is in the history).
      macOS has no shred: for a longer value use a RAM disk, or store it on the web site of AWS.

    Windows (PowerShell 7): a value for Secrets Manager:
        $file = New-TemporaryFile
        icacls $file /inheritance:r /grant:r "\${env:USERNAME}:(F)" | Out-Null
        [IO.File]::WriteAllText($file, (Read-Host -MaskInput "value"))
        aws secretsmanager create-secret --name NAME --secret-string "file://$file"
        Remove-Item $file
      Windows has no /dev/stdin. WriteAllText adds no line break and no byte order mark.
      cmd.exe writes no history file, but F7 shows what was typed until the window is closed.

    For others: unleak shell --advise bash|fish|powershell|ksh|tcsh|nushell|clients|all
    "
  `);
});

test('all shells, several, and a name that is none', () => {
  expect(run(['all']).stdout.match(/^== .* ==$/gm)?.length).toBe(9);
  expect(run(['pwsh', 'ksh93']).stdout.match(/^== .* ==$/gm)).toEqual(['== powershell ==', '== ksh ==', '== AWS ==']);
  const wrong = run(['zhs']);
  expect([wrong.exitCode, wrong.stderr]).toEqual([
    2,
    'unleak: --advise knows all, bash, zsh, fish, powershell, ksh, tcsh, nushell, clients. Did you mean "zsh"?\n',
  ]);
});
