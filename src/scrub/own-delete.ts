// What the programs that delete entries of their own histories answer.

export const PATIENCE_MS = 60_000;

export type OwnDelete = { readonly kind: 'deleted' } | { readonly kind: 'impossible'; readonly reason: string };
