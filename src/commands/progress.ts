// The progress line on a terminal's standard error. Nothing is drawn in a pipe, in the first second, or more often than
// ten times a second; the line is one row, redrawn in place, and cleared before the report.
import { countOf, formatCount } from '../util/amounts.ts';
import type { Terminal } from './terminal.ts';

const SILENT_MS = 1000;
const REDRAW_MS = 100;
const CLEAR_LINE = '\r\x1b[K';

export interface Progress {
  /**
   * @param done  texts scanned so far
   * @param total  texts known so far; 0 while nothing is known
   * @param bytes  bytes scanned so far
   */
  readonly update: (done: number, total: number, bytes: number) => void;
  /** Takes the line away; update may draw it again. */
  readonly clear: () => void;
}

function formatSize(bytes: number): string {
  if (bytes < 999_500) return `${Math.round(bytes / 1e3)} kB`;
  return bytes < 999.5e6 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

function formatTimeLeft(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  return whole < 90 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}

/** One line without colours, cut to `columns`. */
export function formatProgress(done: number, total: number, bytes: number, elapsedMs: number, columns: number): string {
  const rate = bytes / Math.max(1, elapsedMs / 1000);
  const isTotalKnown = total >= done && total > 0;
  const files = isTotalKnown ? `${formatCount(done)} of ${countOf(total, 'file')}` : countOf(done, 'file');
  const parts = [files, formatSize(bytes), `${formatSize(rate)}/s`];
  if (isTotalKnown && done > 0 && done < total) {
    parts.push(`${formatTimeLeft(((elapsedMs / 1000) * (total - done)) / done)} left`);
  }
  return `unleak: ${parts.join(', ')}`.slice(0, Math.max(0, columns - 1));
}

/** @param now  milliseconds of a clock that only goes forward; given in tests */
export function createProgress(terminal: Terminal, now: () => number = () => performance.now()): Progress {
  const isShown = terminal.isErrorTerminal && terminal.environment.TERM !== 'dumb';
  if (!isShown) return { update: () => {}, clear: () => {} };
  const start = now();
  let drawnAt = start + SILENT_MS - REDRAW_MS;
  let isDrawn = false;
  return {
    update: (done, total, bytes) => {
      const time = now();
      if (time - drawnAt < REDRAW_MS) return;
      drawnAt = time;
      isDrawn = true;
      terminal.writeError(`${CLEAR_LINE}${formatProgress(done, total, bytes, time - start, terminal.columns)}`);
    },
    clear: () => {
      if (isDrawn) terminal.writeError(CLEAR_LINE);
      isDrawn = false;
    },
  };
}
