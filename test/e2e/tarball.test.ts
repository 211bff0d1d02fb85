// What npm would publish works in an empty folder: no dependency, no script, no network.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { RandomText } from '../../src/util/random-text.ts';
import { plainEnvironment } from '../cli/unleak-process.ts';
import { makeFolder, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const TOP = join(import.meta.dirname, '..', '..');
const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

it('npm pack, npm install, npx unleak scan', () => {
  const folder = makeFolder();
  const env = plainEnvironment({ HOME: folder, npm_config_cache: join(folder, 'cache'), npm_config_offline: 'true' });
  execFileSync(NPM, ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: TOP, env });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'))!;
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  execFileSync(NPM, ['install', '--silent', '--no-audit', '--no-fund', join(folder, tarball)], { cwd: folder, env });
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['unleak']);
  expect(existsSync(join(folder, 'node_modules', 'unleak', 'src'))).toBe(false);

  const value = `hf_${new RandomText(4).text('lower', 34)}`;
  writeFileSync(join(folder, 'app.py'), `token = "${value}"\n`);
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  const { status, stdout } = spawnSync(npx, ['unleak', 'scan', 'app.py'], { cwd: folder, env, encoding: 'utf8' });
  expect(stdout).toContain('Hugging Face');
  expect(stdout).not.toContain(value);
  expect(status).toBe(1);
  const rules = spawnSync(npx, ['unleak', 'rules', 'check', 'github.*'], { cwd: folder, env, encoding: 'utf8' });
  expect([rules.status, rules.stderr]).toEqual([0, '']);
});
