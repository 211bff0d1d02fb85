// Errors that the user can mend. Everything else that is thrown is a bug of ours and keeps its stack.

/** Where in a file of the user's something is wrong. Line from 1. */
export interface ErrorPlace {
  readonly file: string;
  readonly line?: number;
}

function withPlace(message: string, place: ErrorPlace | undefined): string {
  if (!place) return message;
  return `${place.file}${place.line === undefined ? '' : `:${place.line}`}: ${message}`;
}

/** A wrong call: option, argument, format, a place that is not there. One line: what, where, what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A file of the user's (config, rules, baseline, ignore file) that cannot be used. One line: what, where, what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly place: ErrorPlace | undefined;

  constructor(message: string, place?: ErrorPlace, options?: ErrorOptions) {
    super(withPlace(message, place), options);
    this.place = place;
  }
}
