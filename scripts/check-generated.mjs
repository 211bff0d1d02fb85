// Fails when a generated file that is committed is not what its sources give. A build rewrites such files, so what counts is
// what git has staged or committed, not what lies in the folder.
import { execFileSync, spawnSync } from 'node:child_process';

const GENERATED = ['src/kernel/scan-wasm.ts', 'action'];

execFileSync(process.execPath, ['scripts/build-kernel.mjs', '--check'], { stdio: 'inherit' });
// Needs dist/ with the compiled rules: npm run build comes first.
execFileSync(process.execPath, ['scripts/build-action.mjs'], { stdio: 'inherit' });
const { status } = spawnSync('git', ['diff', '--exit-code', '--stat', '--', ...GENERATED], { stdio: 'inherit' });
if (status === 1) {
  process.stderr.write(
    'check-generated: the files above are out of date in git; run: npm run build, and commit them\n',
  );
}
process.exitCode = status === 0 ? 0 : 1;
