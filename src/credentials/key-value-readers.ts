// Readers of the simple forms in which programs keep credentials: INI, name = value, netrc, one entry a line, and trees
// (JSON, YAML, TOML). Each gives the values whose names are asked for. A value that only points to one (`${NPM_TOKEN}`) is none.
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { parseJson } from '../util/json-object.ts';
import { type StoreContent, type StoredValue, valuesOf } from './store.ts';

type Kind = StoredValue['kind'];
type Reader = (text: string) => StoreContent;

/** Variables and commands that are asked for the value when it is needed. */
export function isReference(value: string): boolean {
  return value === '' || /^\$\{[^}]+\}$|^\$[A-Za-z_]\w*$|^env:|^<[^>]*>$/.test(value);
}

const unquote = (text: string): string =>
  /^"(.*)"$|^'(.*)'$/s
    .exec(text)
    ?.slice(1)
    .find((s) => s !== undefined) ?? text;

/** Lines `name = value`, with `[section]` lines; `#` and `;` start comments. @param names matches the lower-case name */
export function readIni(names: RegExp, kind: Kind): Reader {
  return (text) => {
    let section = '';
    const values = text.split(/\r?\n/).flatMap((line): readonly StoredValue[] => {
      const head = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
      if (head !== undefined) section = head.trim();
      const [, name, raw] = /^\s*([^#;[=\s][^=]*?)\s*[=]\s*(.*?)\s*$/.exec(line) ?? [];
      if (name === undefined || raw === undefined || !names.test(name.toLowerCase())) return [];
      const value = unquote(raw);
      return isReference(value) ? [] : [{ name: section === '' ? name : `${section}: ${name}`, value, kind }];
    });
    return valuesOf(values);
  };
}

/** Words of a netrc file: machine, login, password, with macros left out. */
export const readNetrc: Reader = (text) => {
  const words =
    text
      .replace(/^\s*#.*$/gm, '')
      .replace(/\bmacdef[\s\S]*?(?:\n\s*\n|$)/g, '')
      .match(/"[^"]*"|\S+/g) ?? [];
  const values: StoredValue[] = [];
  let machine = 'default';
  for (let i = 0; i + 1 < words.length; i++) {
    if (words[i] === 'machine') machine = words[++i] ?? '';
    else if (words[i] === 'password')
      values.push({ name: machine, value: unquote(words[++i] ?? ''), kind: 'password' });
    else if (words[i] === 'login' || words[i] === 'account') i++;
  }
  return valuesOf(values.filter(({ value }) => !isReference(value)));
};

/** `https://user:password@host` lines. */
export const readUrls: Reader = (text) => {
  const found = text.matchAll(/[a-z][a-z0-9+.-]*:\/\/([^/\s:@]*):([^/\s@]+)@([^/\s:"']+)/gi);
  const values = [...found].map(([, user, secret, host]): StoredValue => {
    return { name: `${user}@${host}`, value: decodePercent(secret ?? ''), kind: 'password' };
  });
  return valuesOf(values.filter(({ value }) => !isReference(value)));
};

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that is no escape: the text is the value.
    return text;
  }
}

/** `host:port:database:user:password`; a backslash escapes `:` and `\`. */
export const readPgpass: Reader = (text) => {
  const values = text.split(/\r?\n/).flatMap((line): readonly StoredValue[] => {
    if (/^\s*(?:#|$)/.test(line)) return [];
    const fields =
      line.match(/(?:\\.|[^:\\])*(?::|$)/g)?.map((field) => field.replace(/:$/, '').replace(/\\(.)/g, '$1')) ?? [];
    const [host, , database, user, value] = fields;
    return value === undefined || value === ''
      ? []
      : [{ name: `${user}@${host}/${database}`, value, kind: 'password' }];
  });
  return valuesOf(values);
};

/** The whole file is the value. */
export function readWholeText(name: string): Reader {
  return (text) => {
    const value = text.trim();
    return value === '' ? valuesOf([]) : valuesOf([{ name, value, kind: 'token' }]);
  };
}

const MOST_DEPTH = 12;

function walk(value: unknown, names: RegExp, way: readonly string[], out: StoredValue[], kind: Kind): void {
  if (typeof value !== 'object' || value === null || way.length > MOST_DEPTH) return;
  for (const [key, member] of Object.entries(value)) {
    const path = [...way, key];
    const isText = typeof member === 'string' || typeof member === 'number';
    const text = isText ? String(member) : '';
    if (isText && names.test(key.toLowerCase()) && !isReference(text))
      out.push({ name: path.join('.'), value: text, kind });
    else walk(member, names, path, out, kind);
  }
}

function readTree(parse: (text: string) => unknown, names: RegExp, kind: Kind): Reader {
  return (text) => {
    let tree: unknown;
    try {
      tree = parse(text);
    } catch {
      // The reason would repeat a piece of the file.
      return { kind: 'unknown', why: 'it is not in the form that its program writes' };
    }
    if (tree === undefined) return { kind: 'unknown', why: 'it is not in the form that its program writes' };
    const values: StoredValue[] = [];
    walk(tree, names, [], values, kind);
    return valuesOf(values);
  };
}

export const readJson = (names: RegExp, kind: Kind = 'token'): Reader => readTree(parseJson, names, kind);
export const readYaml = (names: RegExp, kind: Kind = 'token'): Reader =>
  readTree((text) => parseYaml(text, { logLevel: 'error', maxAliasCount: 50 }) ?? {}, names, kind);
export const readToml = (names: RegExp, kind: Kind = 'token'): Reader =>
  readTree((text) => parseToml(text), names, kind);

/** Everything that several readers find. */
export function readAll(...readers: readonly Reader[]): Reader {
  return (text) => {
    const all = readers.map((read) => read(text));
    const other = all.find((content) => content.kind !== 'values');
    if (other) return other;
    return valuesOf(all.flatMap((content) => (content.kind === 'values' ? content.values : [])));
  };
}
