// Runs after `npm ci` and `npm install` in a checkout, and before the package is packed or installed from a git URL: builds
// dist/, so that there is a working unleak, and sets husky's commit hook where people work. Never fails for a missing
// development package: a production install has none and needs none.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const TOP = join(import.meta.dirname, '..');
const { resolve } = createRequire(import.meta.url);

function isInstalled(name) {
  try {
    resolve(name);
    return true;
  } catch {
    return existsSync(join(TOP, 'node_modules', name));
  }
}

function say(text) {
  process.stdout.write(`prepare: ${text}\n`);
}

/**
 * `npm install -g` of a git URL (the pre-commit framework does that) runs this in a clone without packages, because its own
 * install of them takes the -g over. Then they are installed here, as npm means to.
 */
function installForGlobal() {
  if (process.env.npm_config_global !== 'true' || existsSync(join(TOP, 'node_modules'))) return;
  const { npm_config_global: _, ...env } = process.env;
  const isWindows = process.platform === 'win32';
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync(isWindows ? 'npm.cmd' : 'npm', args, { cwd: TOP, env, stdio: 'inherit', shell: isWindows });
}

function build() {
  installForGlobal();
  const missing = ['rolldown', 'assemblyscript'].filter((name) => !isInstalled(name));
  if (missing.length === 0) {
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: TOP, stdio: 'inherit' });
  } else if (!existsSync(join(TOP, 'dist', 'unleak.cjs'))) {
    say(`dist/ was not built, because ${missing.join(' and ')} are missing; run: npm install --include=dev`);
  }
}

async function setHook() {
  if (process.env.CI || process.env.NODE_ENV === 'production') return;
  if (!existsSync(join(TOP, '.git')) || !isInstalled('husky')) return;
  process.chdir(TOP);
  const { default: installHusky } = await import('husky');
  const fault = installHusky();
  if (fault) say(`no commit hook was set: ${fault}`);
}

build();
await setHook();
