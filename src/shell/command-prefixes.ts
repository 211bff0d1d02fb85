// Programs that run another command: what stands between them and it. Data of command-engine.ts.

/** Options that take a word of their own, by program. Programs that only stand in front. */
export const PREFIXES: ReadonlyMap<string, { readonly withValue: readonly string[]; readonly positions: number }> =
  new Map(
    Object.entries({
      sudo: {
        withValue: ['-u', '-g', '-h', '-p', '-C', '-r', '-t', '-U', '-D', '-R', '-T', '--user', '--group'],
        positions: 0,
      },
      doas: { withValue: ['-u', '-C'], positions: 0 },
      sshpass: { withValue: ['-p', '-f', '-d', '-P'], positions: 0 },
      env: { withValue: ['-u', '-C', '-S', '--unset', '--chdir'], positions: 0 },
      time: { withValue: ['-f', '-o'], positions: 0 },
      nohup: { withValue: [], positions: 0 },
      nice: { withValue: ['-n'], positions: 0 },
      ionice: { withValue: ['-c', '-n', '-p'], positions: 0 },
      exec: { withValue: ['-a'], positions: 0 },
      command: { withValue: [], positions: 0 },
      builtin: { withValue: [], positions: 0 },
      stdbuf: { withValue: ['-i', '-o', '-e'], positions: 0 },
      setsid: { withValue: [], positions: 0 },
      timeout: { withValue: ['-s', '-k', '--signal', '--kill-after'], positions: 1 },
      gtimeout: { withValue: ['-s', '-k'], positions: 1 },
      xargs: { withValue: ['-I', '-n', '-P', '-L', '-d', '-a', '-s'], positions: 0 },
      watch: { withValue: ['-n', '-d', '--interval'], positions: 0 },
      strace: { withValue: ['-e', '-o', '-p', '-s', '-u'], positions: 0 },
      caffeinate: { withValue: ['-t', '-w'], positions: 0 },
      winpty: { withValue: [], positions: 0 },
      proxychains: { withValue: ['-f'], positions: 0 },
      proxychains4: { withValue: ['-f'], positions: 0 },
      torsocks: { withValue: [], positions: 0 },
      chronic: { withValue: [], positions: 0 },
      unbuffer: { withValue: [], positions: 0 },
      parallel: { withValue: ['-j', '-a'], positions: 0 },
      npx: { withValue: ['-p', '--package'], positions: 0 },
      bunx: { withValue: [], positions: 0 },
      uvx: { withValue: ['--from'], positions: 0 },
      pipx: { withValue: [], positions: 1 },
      '!': { withValue: [], positions: 0 },
      '{': { withValue: [], positions: 0 },
      $: { withValue: [], positions: 0 },
      '%': { withValue: [], positions: 0 },
      'start-process': { withValue: [], positions: 0 },
      '.': { withValue: [], positions: 0 },
      noglob: { withValue: [], positions: 0 },
      nocorrect: { withValue: [], positions: 0 },
      'aws-vault': { withValue: [], positions: 2 },
    }),
  );

/** Words of the shell itself in front of a command. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  'then else do if elif while until not and or begin ! { $ %'.split(' '),
);

/** Shells and others that take a whole script as one word behind one of these flags. */
export const SCRIPT_FLAGS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    sh: ['-c', '-lc', '-ec', '-xc', '-ic'],
    bash: ['-c', '-lc', '-ec', '-xc', '-ic', '-cl', '-exc'],
    zsh: ['-c', '-lc', '-ic'],
    dash: ['-c'],
    ash: ['-c'],
    ksh: ['-c'],
    fish: ['-c', '--command'],
    su: ['-c', '--command'],
    runuser: ['-c', '--command'],
    script: ['-c'],
    tmux: [],
    vagrant: ['-c', '--command'],
    gcloud: ['--command'],
    powershell: ['-Command', '-c', '-command'],
    pwsh: ['-Command', '-c', '-command'],
    cmd: ['/c', '/C', '/k'],
    flock: ['-c'],
    ssh: [],
    eval: [],
    watch: [],
  }),
);

/** Options of ssh that take a word. */
export const SSH_WITH_VALUE: ReadonlySet<string> = new Set([...'bcDEeFIiJLlmOopQRSWw'].map((letter) => `-${letter}`));

/** Programs that run a command somewhere else: a known tool among their words starts a command. */
export const CARRIERS: ReadonlySet<string> = new Set(
  (
    'docker podman nerdctl docker-compose kubectl oc microk8s k3s minikube xargs find parallel nsenter chroot lxc incus ' +
    'flatpak systemd-run unshare ip firejail op doppler infisical dotenv dotenvx chamber envconsul aws-vault ' +
    'heroku fly flyctl railway ansible salt mussh pssh parallel-ssh vagrant multipass limactl colima bundle poetry pipenv ' +
    'uv npm yarn pnpm bun expect su runuser machinectl distrobox toolbox wsl schtasks psexec psexec64 runas ssh ' +
    'gcloud az'
  ).split(' '),
);

/** Commands that set variables: `export K=V`, `setenv K V` … */
export const SETTERS: ReadonlySet<string> = new Set(
  'export declare typeset readonly local set setenv setx set-variable'.split(' '),
);

/** Commands that print their words: what is piped from them is typed. */
export const PRINTERS: ReadonlySet<string> = new Set([
  'echo',
  'printf',
  'print',
  'write-output',
  'write-host',
  'builtin',
]);
