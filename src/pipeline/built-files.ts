// What the build makes and a program needs beside its code: tables of rules, texts about rules, the script of a worker.
// They lie beside the bundle; the bundle of the GitHub Action, which is one file, holds them itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type BuiltText = 'rule-info.json' | 'command-rules.json';
type BuiltFile = BuiltText | 'rules.bin';

/** Put in by the build of the Action (scripts/build-action.mjs): texts by file name (`rules.bin` in base64), and the name of the bundle. */
declare const __UNLEAK_EMBEDDED__: { readonly files: Readonly<Record<BuiltFile, string>>; readonly script: string };

const EMBEDDED = typeof __UNLEAK_EMBEDDED__ === 'undefined' ? undefined : __UNLEAK_EMBEDDED__;

export function readBuiltText(name: BuiltText): string {
  return EMBEDDED?.files[name] ?? readFileSync(join(import.meta.dirname, name), 'utf8');
}

/** The built-in rules; see deserialiseRules. */
export function readBuiltRules(): Uint8Array {
  return EMBEDDED
    ? Buffer.from(EMBEDDED.files['rules.bin'], 'base64')
    : readFileSync(join(import.meta.dirname, 'rules.bin'));
}

/** The script that a worker thread runs, absolute. */
export function workerScript(): string {
  return join(import.meta.dirname, EMBEDDED?.script ?? 'worker.cjs');
}
