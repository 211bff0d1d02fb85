// What the build makes and a program needs beside its code: tables of rules, texts about rules, the script of a worker.
// They lie beside the bundle; the bundle of the GitHub Action, which is one file, holds them itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type BuiltFile = 'rules.bin' | 'rule-info.json' | 'command-rules.json';

/** Put in by the build of the Action (scripts/build-action.mjs): texts by file name (`rules.bin` in base64), and the name of the bundle. */
declare const __UNLEAK_EMBEDDED__: { readonly files: Readonly<Record<BuiltFile, string>>; readonly script: string };

const EMBEDDED = typeof __UNLEAK_EMBEDDED__ === 'undefined' ? undefined : __UNLEAK_EMBEDDED__;

/** @param encoding  of the file beside the bundle */
export function readBuiltFile(name: BuiltFile, encoding: 'latin1' | 'utf8'): string {
  if (!EMBEDDED) return readFileSync(join(import.meta.dirname, name), encoding);
  const text = EMBEDDED.files[name];
  return encoding === 'latin1' ? Buffer.from(text, 'base64').toString('latin1') : text;
}

/** The script that a worker thread runs, absolute. */
export function workerScript(): string {
  return join(import.meta.dirname, EMBEDDED?.script ?? 'worker.cjs');
}
