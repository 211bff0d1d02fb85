// Compiles rules/*.yml into dist/rules.bin (what a scan loads) and dist/rule-info.json (what people are told). Bundled
// and run by build.mjs. A rule that cannot be read stops the build.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMatchers } from '../src/rules/compile-matchers.ts';
import { serialiseRules } from '../src/rules/compiled.ts';
import { readRuleFolder } from '../src/rules/rule-files.ts';
import { readCommandRuleFolder } from '../src/shell/parse-command-rules.ts';

/** Two seconds of a build for a kernel that is a quarter faster. */
const PLACING_STEPS = 60_000;

const [folder = 'rules', target = 'dist'] = process.argv.slice(2);
const rules = readRuleFolder(folder);
const compiled = compileMatchers(
  rules.map((rule) => rule.matcher),
  { steps: PLACING_STEPS },
);
writeFileSync(join(target, 'rules.bin'), serialiseRules(compiled));
const commands = readCommandRuleFolder(join(folder, 'commands'));
writeFileSync(
  join(target, 'command-rules.json'),
  `${JSON.stringify({ rules: commands.map((rule) => rule.matcher) })}\n`,
);
const infos = [...rules, ...commands].map((rule) => rule.info);
writeFileSync(join(target, 'rule-info.json'), `${JSON.stringify(infos)}\n`);
process.stdout.write(`rules: ${rules.length}, of commands: ${commands.length}\n`);
