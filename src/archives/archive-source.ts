// A source, and what is inside its archives.
import type { Source } from '../sources/source.ts';
import { archiveKind } from './archive-kind.ts';
import { unpackFile } from './unpack.ts';

/** The targets of `source`, each archive followed by its members. */
export function withArchives(source: Source): Source {
  return {
    ...source,
    async *targets(problems) {
      for await (const batch of source.targets(problems)) {
        yield batch;
        for (const target of batch) {
          if (target.kind !== 'file' || archiveKind(target.path) === undefined) continue;
          // One at a time: a member is a piece of a stream that goes on.
          for await (const member of unpackFile(source.root, target.path, problems)) yield [member];
        }
      }
    },
  };
}
