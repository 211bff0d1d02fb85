// What one archive may still unpack, nested ones included: a few kilobytes can be made to unpack to terabytes.

/** Bytes unpacked from one archive of the scan. */
export const MOST_BYTES = 1 << 30;
export const MOST_MEMBERS = 50_000;
/** A member of a zip, and an archive inside another, must fit in memory. */
export const MOST_MEMBER_BYTES = 128 << 20;
/** `a.zip!/b.jar!/c.zip` */
export const MOST_DEPTH = 3;

export interface Limits {
  readonly bytes: number;
  readonly members: number;
  readonly memberBytes: number;
  readonly depth: number;
}

export const LIMITS: Limits = {
  bytes: MOST_BYTES,
  members: MOST_MEMBERS,
  memberBytes: MOST_MEMBER_BYTES,
  depth: MOST_DEPTH,
};

/** Thrown inside the folder when a limit is reached; the message is for people. */
export class LimitReached extends Error {}

/** Counts what is taken from one archive. */
export class Budget {
  readonly limits: Limits;
  #bytes = 0;
  #members = 0;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** @throws LimitReached */
  takeMember(): void {
    this.#members++;
    if (this.#members > this.limits.members) {
      throw new LimitReached(`holds more than ${this.limits.members} files; the rest was not scanned`);
    }
  }

  /** @throws LimitReached */
  takeBytes(count: number): void {
    this.#bytes += count;
    if (this.#bytes > this.limits.bytes) {
      throw new LimitReached(`unpacks to more than ${this.limits.bytes >> 20} MiB; the rest was not scanned`);
    }
  }
}
