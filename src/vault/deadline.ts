// A limit on time that stands still while a person is asked. The SDK's own limits are for single requests and do not
// count its waits between attempts.

/** One limit for the work of one log-in or one listing; starts with the first `watch`. */
export class Deadline {
  readonly #controller = new AbortController();
  #leftMs: number;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number) {
    this.#leftMs = limitMs;
  }

  /** Aborts when the time is over; for `abortSignal` of the SDK. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Runs `work` while the clock stands. */
  async paused<T>(work: () => Promise<T>): Promise<T> {
    const wasRunning = this.#stop();
    try {
      return await work();
    } finally {
      if (wasRunning) this.#start();
    }
  }

  /** @throws TimeoutError when the time is over before the work is; the work is then left alone */
  async watch<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.#controller;
    let onAbort: (() => void) | undefined;
    const over = new Promise<never>((_, reject) => {
      onAbort = () => reject(new DOMException('time is over', 'TimeoutError'));
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    });
    // Whoever loses the race must not become an unhandled rejection.
    work.catch(() => {});
    over.catch(() => {});
    this.#start();
    try {
      return await Promise.race([work, over]);
    } finally {
      this.#stop();
      if (onAbort) signal.removeEventListener('abort', onAbort);
    }
  }

  #start(): void {
    this.#startedAt = performance.now();
    this.#timer = setTimeout(() => this.#controller.abort(), Math.max(0, this.#leftMs));
  }

  /** @returns whether the clock was running */
  #stop(): boolean {
    if (this.#timer === undefined) return false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#leftMs -= performance.now() - this.#startedAt;
    return true;
  }
}
