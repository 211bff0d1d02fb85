// JSON from untrusted text: an object or nothing.

export type JsonObject = Readonly<Record<string, unknown>>;

/** True for what JSON calls an object: no array, no null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns any JSON value, or undefined when `text` is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer here, not an accident: the callers ask whether it is.
    return undefined;
  }
}

/** @returns undefined when `text` is not JSON or not an object */
export function parseJsonObject(text: string): JsonObject | undefined {
  const value = parseJson(text);
  return isJsonObject(value) ? value : undefined;
}
