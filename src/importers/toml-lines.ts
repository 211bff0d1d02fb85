// Which line a part of a TOML file stands in. The parser gives none, so tables are counted in the order of the text.

export interface TomlLines {
  /** Line of the n-th header of this name (from 0), such as `rules` or `rules.allowlists`; 1 when there is none. */
  readonly header: (name: string, index: number) => number;
  /** First line from `from` on that holds a part of this text; `from` when none does. */
  readonly near: (from: number, text: string) => number;
  /** Headers of `inner` that stand between the n-th of `outer` and the next. */
  readonly indexWithin: (outer: string, index: number, inner: string) => number;
}

export function readTomlLines(text: string): TomlLines {
  const lines = text.split(/\r?\n/);
  const headers = lines.flatMap((line, index) => {
    const name = /^\s*\[{1,2}\s*([A-Za-z0-9_.-]+)\s*\]{1,2}/.exec(line)?.[1]?.toLowerCase();
    return name === undefined ? [] : [{ name, line: index + 1 }];
  });
  const all = (name: string) => headers.filter((one) => one.name === name.toLowerCase());
  const header = (name: string, index: number) => all(name)[index]?.line ?? 1;
  return {
    header,
    near: (from, piece) => {
      const key = piece.slice(0, 40);
      const at = lines.findIndex((line, index) => index >= from - 1 && line.includes(key));
      return at < 0 ? from : at + 1;
    },
    indexWithin: (outer, index, inner) => all(inner).filter((one) => one.line < header(outer, index)).length,
  };
}
