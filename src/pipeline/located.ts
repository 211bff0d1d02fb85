// A detection with its place in a text: what a scan of one target gives, before identity and verdict.
import type { Detection, Location } from '../model/finding.ts';
import type { Marker } from '../model/marker.ts';
import type { Origin } from '../model/origin.ts';
import type { Problem } from '../model/problem.ts';

export interface LocatedDetection extends Detection {
  readonly origin: Origin;
  readonly location: Location;
  /** Suppressing comments that apply to the place. */
  readonly markers: readonly Marker[];
}

/** What came of scanning some targets. */
export interface ScanResult {
  readonly located: LocatedDetection[];
  readonly problems: Problem[];
  files: number;
  bytes: number;
}

export function emptyResult(): ScanResult {
  return { located: [], problems: [], files: 0, bytes: 0 };
}
