// Where a scanned text is from: a tagged union, so that reports can say it exactly.

export type Origin =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'staged'; readonly path: string; readonly blob: string }
  | {
      readonly kind: 'diff';
      readonly path: string;
      readonly blob: string | undefined;
      readonly commit: string | undefined;
    }
  | { readonly kind: 'stdin'; readonly path: string };
