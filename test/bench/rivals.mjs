// The other programs that a bench can run beside the product: how each is called, and how it is got.
// None is needed: what is not found is named with the way to install it, and left out.
import { spawnSync } from 'node:child_process';
import { say } from './record.mjs';

const SEVEN_WORDS = ['password', 'secret', 'token', 'apikey', 'api_key', 'credential', 'private_key'];

const RIVALS = {
  rg: {
    label: 'rg -F -i, 7 words',
    // The corpora have no ignore files; the flags only say that nothing is to be left out.
    args: (path) => [
      '--no-config',
      '--no-ignore',
      '--hidden',
      '-F',
      '-i',
      ...SEVEN_WORDS.flatMap((w) => ['-e', w]),
      path,
    ],
    exits: [0, 1],
    install: 'apt-get install ripgrep',
  },
  kingfisher: {
    label: 'kingfisher --no-validate',
    args: (path) => ['scan', path, '--no-validate', '--git-history', 'none', '--no-update-check', '--format', 'json'],
    exits: [0, 200, 205],
    install: 'python3 -m venv VENV && VENV/bin/pip install kingfisher-bin==2.14.0',
  },
  'detect-secrets': {
    label: 'detect-secrets -n',
    // -C: it is silent about paths outside the folder it runs in.
    args: (path) => ['-C', path, 'scan', '-n', '--all-files'],
    // Minutes for the small tree: one run, without one before it that does not count.
    isSlow: true,
    exits: [0],
    install: 'python3 -m venv VENV && VENV/bin/pip install detect-secrets==1.5.0',
  },
};

/**
 * The contestants for `--rivals rg,kingfisher=/path/to/kingfisher,detect-secrets`.
 *
 * @param wanted names, each with an optional path after `=`; without one it is looked for on PATH
 * @param path what they scan; `shownPath` stands for it in the record
 */
export function findRivals(wanted, path, shownPath) {
  return wanted.flatMap((item) => {
    const [name, command = name] = item.split('=');
    const rival = RIVALS[name];
    if (rival === undefined) {
      say(`--rivals ${name}: not known; there are ${Object.keys(RIVALS).join(', ')}`);
      return [];
    }
    const asked = spawnSync(command, ['--version'], { encoding: 'utf8' });
    if (asked.status !== 0) {
      say(`${name}: not found. Get it with: ${rival.install}; then --rivals ${name}=PATH`);
      return [];
    }
    const version = asked.stdout
      .split('\n')[0]
      .replace(/^[a-z-]+ /, '')
      .trim();
    return [
      {
        label: `${rival.label} (${version})`,
        command,
        args: rival.args(path),
        shown: [name, ...rival.args(shownPath)].join(' '),
        exits: rival.exits,
        isSlow: rival.isSlow === true,
      },
    ];
  });
}
