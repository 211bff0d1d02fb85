// Builds action/index.mjs, the one file that action.yml runs: all code, the rules' tables and the worker's script. It is
// committed, so the same sources must give the same bytes: no paths, no dates. Needs dist/ with the compiled rules.
// Usage: node scripts/build-action.mjs [FOLDER]
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { collectLicences } from './third-party-licences.mjs';

const SCRIPT = 'index.mjs';
const folder = process.argv[2] ?? 'action';
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

const embedded = {
  files: {
    'rules.bin': readFileSync('dist/rules.bin', 'base64'),
    'rule-info.json': readFileSync('dist/rule-info.json', 'utf8'),
    'command-rules.json': readFileSync('dist/command-rules.json', 'utf8'),
  },
  script: SCRIPT,
};

const build = await rolldown({
  input: { index: 'src/action/action.ts' },
  platform: 'node',
  transform: { define: { __UNLEAK_VERSION__: JSON.stringify(version), __UNLEAK_EMBEDDED__: JSON.stringify(embedded) } },
  onLog: (level, log, handler) => {
    if (level === 'warn' && /node_modules/.test(log.message)) return;
    handler(level, log);
  },
});
mkdirSync(folder, { recursive: true });
const { output } = await build.generate({
  format: 'esm',
  entryFileNames: SCRIPT,
  codeSplitting: false,
  minify: true,
});
await build.close();

/** There at once and whole, for others who build or run now. */
function put(name, text) {
  const draft = join(folder, `.${name}.${process.pid}`);
  writeFileSync(draft, text);
  renameSync(draft, join(folder, name));
}

const [script] = output;
put(SCRIPT, script.code);
put('THIRD-PARTY-LICENCES.txt', collectLicences(script.moduleIds));
