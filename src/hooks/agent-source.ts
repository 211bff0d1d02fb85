// What an agent is about to read or run, as a source: its texts, and the files as they are on disk now.
import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { ProblemSink } from '../model/problem.ts';
import type { BlobTarget } from '../model/target.ts';
import type { PathFilter, Source } from '../sources/source.ts';
import type { AgentInput } from './agent-input.ts';
import { isInside, namePath } from './hook-place.ts';

const MAX_FILE_BYTES = 256 * 1024 * 1024;

function textTarget(name: string, text: string): BlobTarget {
  return { kind: 'blob', origin: { kind: 'stdin', path: name }, bytes: Buffer.from(text), addedLines: undefined };
}

/** A file's content; undefined for what the agent could not read either, or what is no file. */
function readFileTarget(file: string, root: string, filter: PathFilter, problems: ProblemSink): BlobTarget | undefined {
  const path = namePath(file, root);
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status?.isFile()) return undefined;
  if (isInside(file, root) && filter.isIgnored?.(path)) {
    filter.onIgnored?.(path);
    return undefined;
  }
  if (status.size > MAX_FILE_BYTES) {
    problems({ kind: 'cut', path, message: 'is larger than 256 MiB, so it was not scanned' });
    return undefined;
  }
  return { kind: 'blob', origin: { kind: 'file', path }, bytes: readFileSync(file), addedLines: undefined };
}

export function createAgentSource(input: AgentInput, cwd: string, root: string, filter: PathFilter): Source {
  const home = homedir();
  return {
    mode: 'stdin',
    root,
    subject: input.eventName,
    async *targets(problems) {
      const texts = input.texts.map(({ name, text }) => textTarget(name, text));
      const names = new Set(
        input.files.filter((file) => !file.includes('\0')).map((file) => resolve(cwd, file.replace(/^~(?=\/)/, home))),
      );
      const files: BlobTarget[] = [];
      for (const file of names) {
        try {
          const target = readFileTarget(file, root, filter, problems);
          if (target) files.push(target);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          // What may not be read by us may not be read by the agent; anything else is told.
          if (code !== 'EACCES' && code !== 'ENOTDIR' && code !== 'ENAMETOOLONG' && code !== 'ELOOP') throw error;
        }
      }
      yield [...texts, ...files];
    },
  };
}
