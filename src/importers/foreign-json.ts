// Careful reading of parsed JSON, YAML and TOML from other tools: nothing is trusted to be there or to have a type.

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text under a key, '' when there is none. */
export function textOf(object: JsonObject, key: string): string {
  const value = object[key];
  return typeof value === 'string' ? value : '';
}

/** The texts of a list under a key; a single text counts as a list of one, all else as none. */
export function textsOf(object: JsonObject, key: string): readonly string[] {
  const value = object[key];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The objects of a list under a key; a single object counts as a list of one. */
export function objectsOf(object: JsonObject, key: string): readonly JsonObject[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];
}
