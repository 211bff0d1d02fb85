// What the hooks of staged-source.test.ts run: writes what a commit would bring, as JSON, to the file that
// UNLEAK_TEST_OUTPUT names. Bytes are shown as latin1.
import { appendFileSync } from 'node:fs';
import type { Problem } from '../../src/model/problem.ts';
import { listStaged } from '../../src/sources/staged-source.ts';

const output = process.env.UNLEAK_TEST_OUTPUT;
if (!output) throw new Error('UNLEAK_TEST_OUTPUT is not set');
const listing = await listStaged(process.cwd());
const problems: Problem[] = [];
const targets = [...listing.read((problem) => problems.push(problem))].flat().map((target) => ({
  path: target.origin.path,
  text: Buffer.from(target.bytes).toString('latin1'),
  added: target.addedLines ?? 'all',
}));
appendFileSync(output, `${JSON.stringify({ root: listing.root, targets, problems })}\n`);
