// A blob that is looked at through its delta gives what a look at all of it gives: in histories made to be hard, and in the
// history of this repository.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CHECKS } from '../../src/checks/registry.ts';
import { createBlobLooker } from '../../src/history/blob-look.ts';
import { isReportable, isWorthALook, type LookPolicy } from '../../src/history/look-share.ts';
import { createOwnReader, readPlanned } from '../../src/history/own-reader.ts';
import { CHANGE_REACH } from '../../src/history/text-note.ts';
import type { StoredSink } from '../../src/packs/work-through.ts';
import { deserialiseRules } from '../../src/rules/compiled.ts';
import { RandomText } from '../../src/util/random-text.ts';
import { makeRepository, removeFolders } from '../support/git-repository.ts';

afterAll(removeFolders);

const SEED = Number(process.env.FUZZ_SEED ?? 5);
const ROOT = join(import.meta.dirname, '..', '..');
const POLICY: LookPolicy = { isEverything: false, minConfidence: 'medium' };
const rules = deserialiseRules(readFileSync(join(ROOT, 'dist', 'rules.bin')));

const makeLooker = () =>
  createBlobLooker({
    rules,
    checks: CHECKS,
    isWorthALook: (detection) => isWorthALook(POLICY, detection),
    isReportable: (detection) => isReportable(POLICY, detection),
  });

/** Where something was found. Where it ends may depend on the grid that escapes are read in, which an edit before it moves. */
function startsOf(hits: Int32Array): readonly number[] {
  return [...new Set(hits.filter((_, i) => i % 3 === 0))];
}

interface Compared {
  readonly blobs: number;
  readonly deltas: number;
  readonly held: number;
  readonly bytes: number;
  readonly seenBytes: number;
  readonly different: readonly string[];
}

async function compareLooks(cwd: string): Promise<Compared> {
  const [byDelta, whole] = [makeLooker(), makeLooker()];
  const reader = createOwnReader({ cwd, env: process.env });
  const plan = await reader.planAll(
    () => false,
    () => {},
  );
  let [blobs, deltas, held, bytes, seenBytes] = [0, 0, 0, 0, 0];
  const different: string[] = [];
  const look: StoredSink = (id, _type, content, lineage) => {
    const one = byDelta.look(id, content, lineage);
    const other = whole.look(id, content, undefined);
    const [a, b] = [one, other].map((look) => [look.isHeld, look.note && startsOf(look.note.hits)]);
    if (JSON.stringify(a) !== JSON.stringify(b))
      different.push(`${id}: ${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
    blobs++;
    if (lineage) deltas++;
    if (other.isHeld) held++;
    bytes += content.length;
    seenBytes += one.seenBytes;
    return one.note;
  };
  await readPlanned(plan!, look, CHANGE_REACH);
  reader.close();
  return { blobs, deltas, held, bytes, seenBytes, different };
}

/** Secrets of all the forms that windows could cut: short, long, over many lines, encoded, escaped, in pairs. */
function makeSecret(random: RandomText): string {
  const key = (size: number): string => random.text('base62', size);
  const pem = (): string => {
    const rows = Array.from({ length: 30 + random.integer(60) }, () => random.text('base64', 64));
    return `-----BEGIN ${'RSA'} PRIVATE KEY-----\n${rows.join('\n')}\n-----END RSA PRIVATE KEY-----`;
  };
  const password = `${key(9)}!${random.integer(99)}`;
  const forms = [
    () => `password = "${password}"`,
    () => `${'gh'}p_${key(36)}`,
    () => `api_key: '${key(32)}'`,
    pem,
    () =>
      `{"token": "${Buffer.from(`{"alg":"HS256","n":"${key(20)}"}`).toString('base64url')}.${Buffer.from(JSON.stringify({ sub: key(900) })).toString('base64url')}.${key(43)}"}`,
    () =>
      Buffer.from(`db_password: "${password}"\nuser: admin\n`.repeat(3)).toString('base64').replace(/.{64}/g, '$&\n'),
    () => `"{\\u0022password\\u0022: \\u0022${password}\\u0022}"`,
    () => `postgres://admin:${password.replace('!', '_')}@db.internal.net:5432/main`,
    () =>
      `AWS_ACCESS_KEY_ID=${'AK'}IA${random.text('base32', 16)}\nAWS_SECRET_ACCESS_KEY=${random.text('base64', 40).replaceAll('=', 'x')}`,
    () => `redirect=https%3A%2F%2Fuser%3A${key(14)}%40example.net%2Fpath`,
  ];
  return forms[random.integer(forms.length)]!();
}

const WORDS = 'const value return function import export token key name user path data list item index'.split(' ');

function makeLine(random: RandomText): string {
  if (random.integer(40) === 0) return `const table = "${random.text('base64', 200 + random.integer(1500))}";`;
  return Array.from({ length: 3 + random.integer(9) }, () => WORDS[random.integer(WORDS.length)]!).join(' ');
}

/** One edit: lines come, go, move, change; secrets come, are cut, changed in the middle or taken out. */
function edit(lines: string[], random: RandomText): void {
  const at = random.integer(lines.length);
  const kind = random.integer(9);
  if (kind === 0) lines.splice(at, 0, ...Array.from({ length: 1 + random.integer(30) }, () => makeLine(random)));
  else if (kind === 1) lines.splice(at, random.integer(25));
  else if (kind === 2) lines.push(...lines.splice(at, random.integer(60)));
  else if (kind === 3) lines.splice(at, 0, ...makeSecret(random).split('\n'));
  else if (kind === 4) lines[at] = `${lines[at]!.slice(0, 20)}${makeSecret(random)}`;
  else if (kind === 5) lines[at] = makeLine(random);
  else {
    // A few characters anywhere, often inside of something long.
    const long = lines.findIndex((line, i) => i >= at && line.length > 30);
    const line = lines[long < 0 ? at : long] ?? '';
    const place = random.integer(line.length + 1);
    lines[long < 0 ? at : long] =
      `${line.slice(0, place)}${random.text('base62', 1 + random.integer(4))}${line.slice(place + random.integer(3))}`;
  }
}

test.each([SEED, SEED + 1, SEED + 2])(
  'histories that are hard to cut, FUZZ_SEED=%i',
  async (seed) => {
    const random = new RandomText(seed);
    const repository = makeRepository();
    const lines = Array.from({ length: 900 }, () => makeLine(random));
    for (let version = 0; version < 90; version++) {
      for (let n = 0; n <= random.integer(4); n++) edit(lines, random);
      // Every third time what was there is thrown out, so that clean versions come too.
      if (version % 30 === 29) lines.splice(0, lines.length, ...Array.from({ length: 900 }, () => makeLine(random)));
      // All versions in one commit: git makes deltas of them all the same, and it takes a tenth of the time.
      repository.write(`${version}/big.txt`, lines.join('\n'));
      repository.write(`${version}/packed.txt`, lines.join(' '));
    }
    repository.commitAll('All versions');
    repository.git('repack', '-adfq', '--depth=60', '--window=12');
    const { different, ...counts } = await compareLooks(repository.path);
    expect(different).toEqual([]);
    expect(counts.deltas).toBeGreaterThan(100);
    expect(counts.held).toBeGreaterThan(20);
    expect(counts.seenBytes).toBeLessThan(counts.bytes * 0.9);
  },
  60_000,
);

test.skipIf(!existsSync(join(ROOT, '.git')))(
  'this repository',
  async () => {
    const { blobs, different } = await compareLooks(ROOT);
    expect(different).toEqual([]);
    expect(blobs).toBeGreaterThan(0);
  },
  60_000,
);
