// Strict reading of a YAML document: typed getters that note a fault with its line and go on, so that all faults of a
// file are told at once. Values are never repeated in messages, except words that have the form of a key.
import type { LineCounter, Node, ParsedNode } from 'yaml';
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import { didYouMean } from '../util/did-you-mean.ts';
import { type ConfigFault, quoteKey } from './config-faults.ts';

/** A node with its line (from 1) and what it is called in messages. */
export interface YamlValue {
  readonly node: Node | null;
  readonly line: number;
  readonly label: string;
}

export interface YamlMap {
  readonly line: number;
  readonly entries: ReadonlyMap<string, YamlValue>;
}

export interface TextLine {
  readonly text: string;
  readonly line: number;
}

export interface YamlReader {
  readonly file: string;
  readonly faults: readonly ConfigFault[];
  fault(line: number, message: string): void;
  /** A map with only these keys. */
  map(value: YamlValue, keys: readonly string[], where: string): YamlMap | undefined;
  /** A map with keys of the user's. */
  freeMap(value: YamlValue): YamlMap | undefined;
  list(value: YamlValue): readonly YamlValue[];
  /** A list of texts; a single text is taken as a list of one. Empty lists are faults. */
  strings(value: YamlValue): readonly TextLine[];
  string(value: YamlValue): string | undefined;
  boolean(value: YamlValue): boolean | undefined;
  oneOf<T extends string>(value: YamlValue, allowed: readonly T[]): T | undefined;
  /** True for exactly this number. */
  isNumber(value: YamlValue, wanted: number): boolean;
  /** A rule id or `provider.*`; that the rule exists is checked at the end, see selectors. */
  ruleSelector(value: YamlValue): string | undefined;
  noteSelector(text: string, line: number): void;
  readonly selectors: readonly TextLine[];
}

function kindOf(node: Node | null): string {
  if (isAlias(node)) return 'an alias';
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  const value = isScalar(node) ? node.value : null;
  if (value === null || value === undefined) return 'empty';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
}

/** @param lines filled while the document was parsed */
export function createYamlReader(file: string, lines: LineCounter): YamlReader {
  const faults: ConfigFault[] = [];
  const selectors: TextLine[] = [];
  const lineOf = (node: Node | null, fallback: number) => (node?.range ? lines.linePos(node.range[0]).line : fallback);

  function wrongType(value: YamlValue, wanted: string): undefined {
    const hint = isAlias(value.node) ? '; aliases are not used here, write the value out' : '';
    faults.push({ line: value.line, message: `${value.label} must be ${wanted}, not ${kindOf(value.node)}${hint}` });
    return undefined;
  }

  function scalar(value: YamlValue): unknown {
    return isScalar(value.node) ? value.node.value : undefined;
  }

  const reader: YamlReader = {
    file,
    faults,
    selectors,
    fault: (line, message) => void faults.push({ line, message }),

    map(value, keys, where) {
      const map = reader.freeMap(value);
      if (!map) return undefined;
      for (const [key, item] of map.entries) {
        if (keys.includes(key)) continue;
        const hint = didYouMean(key, keys) || ` Known keys: ${keys.join(', ')}.`;
        faults.push({ line: item.line, message: `unknown key ${quoteKey(key)} in ${where}.${hint}` });
      }
      return map;
    },

    freeMap(value) {
      if (!isMap(value.node)) return wrongType(value, 'a map of keys and values');
      const entries = new Map<string, YamlValue>();
      for (const pair of value.node.items) {
        const key = pair.key as ParsedNode;
        const line = lineOf(key, value.line);
        if (!isScalar(key) || typeof key.value !== 'string')
          faults.push({ line, message: 'a key must be a plain word' });
        else entries.set(key.value, { node: pair.value as ParsedNode | null, line, label: `${key.value}:` });
      }
      return { line: lineOf(value.node, value.line), entries };
    },

    list(value) {
      if (!isSeq(value.node)) return wrongType(value, 'a list') ?? [];
      return value.node.items.map((item, index) => ({
        node: item as ParsedNode,
        line: lineOf(item as ParsedNode, value.line),
        label: `${value.label} entry ${index + 1}`,
      }));
    },

    strings(value) {
      const items = typeof scalar(value) === 'string' ? [value] : reader.list(value);
      if (isSeq(value.node) && items.length === 0)
        faults.push({ line: value.line, message: `${value.label} is an empty list; add to it or remove it` });
      return items.flatMap((item) => {
        const text = reader.string(item);
        return text === undefined ? [] : [{ text, line: item.line }];
      });
    },

    string(value) {
      const text = scalar(value);
      if (typeof text !== 'string') return wrongType(value, 'text (quote it)');
      if (text.trim() !== '' || value.label.startsWith('paths:') || value.label === 'value:') return text;
      faults.push({ line: value.line, message: `${value.label} is empty; fill it in or remove it` });
      return undefined;
    },

    boolean(value) {
      const flag = scalar(value);
      return typeof flag === 'boolean' ? flag : wrongType(value, 'true or false');
    },

    oneOf(value, allowed) {
      const text = scalar(value);
      const found = allowed.find((word) => word === text);
      if (found !== undefined) return found;
      const hint = typeof text === 'string' ? didYouMean(text, allowed) : '';
      faults.push({ line: value.line, message: `${value.label} must be one of ${allowed.join(', ')}.${hint}` });
      return undefined;
    },

    ruleSelector(value) {
      const text = reader.string(value);
      if (text !== undefined) reader.noteSelector(text, value.line);
      return text;
    },

    isNumber: (value, wanted) => scalar(value) === wanted,
    noteSelector: (text, line) => void selectors.push({ text, line }),
  };
  return reader;
}
