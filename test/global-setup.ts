// Builds dist/ once before the tests when it is missing or older than what it is made from. Runs of tests that need no
// dist/ (`vitest run test/util`) build nothing.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const TOP = join(import.meta.dirname, '..');
const MADE_FROM = ['src', 'rules', 'scripts'];
/** Folders whose tests need no dist/. */
const NEED_NO_BUILD =
  /test\/(?:util|model|kernel|checks|rules|detector|git|baseline|config|filters|sources|reporters|merge|vault|plan)\b/;

function newestIn(folder: string): number {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

function isFresh(): boolean {
  const built = join(TOP, 'dist', 'unleak.cjs');
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return MADE_FROM.every((folder) => newestIn(join(TOP, folder)) <= builtAt);
}

/** Called by vitest before the first test file. */
export function setup(): void {
  const filters = process.argv.slice(2).filter((word) => word.startsWith('test/'));
  if (filters.length > 0 && filters.every((filter) => NEED_NO_BUILD.test(filter))) return;
  if (!isFresh()) execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: TOP, stdio: 'inherit' });
}
