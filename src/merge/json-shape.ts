// Reads JSON of a known shape: small readers that name the place of what is wrong. Values are never repeated: a wrong file may
// hold secrets. Unknown members are let through: a newer report may have more.
import { isJsonObject, type JsonObject } from '../util/json-object.ts';

/** What is wrong, and at which member, such as `findings[3].line`. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** @param at  place of the value, for messages */
export type Read<T> = (value: unknown, at: string) => T;

export function failShape(at: string, what: string): never {
  throw new ShapeError(`${at || 'the document'} ${what}`);
}

export const readText: Read<string> = (value, at) => (typeof value === 'string' ? value : failShape(at, 'is no text'));

export const readBoolean: Read<boolean> = (value, at) =>
  typeof value === 'boolean' ? value : failShape(at, 'is neither true nor false');

export const readNumber: Read<number> = (value, at) =>
  typeof value === 'number' && Number.isFinite(value) ? value : failShape(at, 'is no number');

/** A whole number from `least` on. */
export function readInteger(least: number): Read<number> {
  return (value, at) =>
    Number.isSafeInteger(value) && (value as number) >= least
      ? (value as number)
      : failShape(at, `is no whole number from ${least}`);
}

export function readWord<T extends string>(words: readonly T[]): Read<T> {
  return (value, at) => words.find((word) => word === value) ?? failShape(at, `is none of ${words.join(', ')}`);
}

/** A text of a certain form; `what` says which. */
export function readForm(form: RegExp, what: string): Read<string> {
  return (value, at) => (typeof value === 'string' && form.test(value) ? value : failShape(at, `is no ${what}`));
}

export function readList<T>(read: Read<T>): Read<readonly T[]> {
  return (value, at) =>
    Array.isArray(value) ? value.map((one, i) => read(one, `${at}[${i}]`)) : failShape(at, 'is no list');
}

/** Undefined for a member that is not there. */
export function optional<T>(read: Read<T>): Read<T | undefined> {
  return (value, at) => (value === undefined ? undefined : read(value, at));
}

/** Another value for a member that is not there. */
export function orElse<T>(read: Read<T>, missing: T): Read<T> {
  return (value, at) => (value === undefined ? missing : read(value, at));
}

/** Gives the members of an object one by one. */
export type Take = <T>(key: string, read: Read<T>) => T;

export function readObject<T>(build: (take: Take, object: JsonObject) => T): Read<T> {
  return (value, at) => {
    if (!isJsonObject(value)) return failShape(at, 'is no object');
    // Own members only: a report has no member named like one of Object.prototype.
    return build(
      (key, read) => read(Object.hasOwn(value, key) ? value[key] : undefined, at === '' ? key : `${at}.${key}`),
      value,
    );
  };
}
