// Where a scanned text is from: a tagged union, so that reports can say it exactly.
import type { HistoryPlace } from './history.ts';

export type Origin =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'staged'; readonly path: string; readonly blob: string }
  | {
      readonly kind: 'diff';
      readonly path: string;
      readonly blob: string | undefined;
      readonly commit: string | undefined;
    }
  | {
      readonly kind: 'history';
      /** In parentheses when it is no path of a file: `(message of commit 1a2b3c4d5e6f)`. */
      readonly path: string;
      readonly place: HistoryPlace;
      /** Object that holds it; the newest of several versions. */
      readonly blob: string | undefined;
      /** Newest commit with this version; undefined when none has it. */
      readonly commit: string | undefined;
      /** Different contents at this path that hold the secret. */
      readonly versions: number;
    }
  | { readonly kind: 'stdin'; readonly path: string };
