// Whether a file is code in a language where text needs quotes: there, a value without quotes is an expression.

const CODE_ENDINGS = new Set(
  `js mjs cjs jsx ts mts cts tsx vue svelte py pyw rb php java kt kts scala groovy go rs c h cc cpp cxx hpp hh cs fs vb swift m mm
  dart lua pl pm r jl ex exs erl hrl elm clj cljs ml nim zig awk pas sol cr coffee jsp css scss less wat`.split(/\s+/),
);

/** @param path relative, with `/` */
export function isCodePath(path: string): boolean {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') && CODE_ENDINGS.has(path.slice(dot + 1).toLowerCase());
}
