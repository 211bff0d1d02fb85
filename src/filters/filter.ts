// The shape of a filter: a pure function that looks at one finding and gives one reason, or nothing. Filters know no file
// and no clock; what they need is in the context.
import type { Baseline } from '../baseline/baseline.ts';
import type { Settings } from '../config/settings.ts';
import type { Finding } from '../model/finding.ts';
import type { Marker } from '../model/marker.ts';
import type { VerdictKind } from '../model/verdict.ts';

export interface FilterContext {
  readonly settings: Settings;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly baseline: Baseline | undefined;
  /** Markers that apply to the finding: its first line, the line before, and blocks around it. */
  readonly markersOf: (finding: Finding) => readonly Marker[];
  /** Path of the scan root relative to the top folder, with `/` at the end, or ''. See loadConfig. */
  readonly prefix: string;
  /** The same, relative to the folder of the config file. */
  readonly configPrefix: string;
}

export interface FilterOutcome {
  /** One line for people; never holds the value. */
  readonly why: string;
  /** Default `dropped`. */
  readonly kind?: VerdictKind;
  /** The suppression of the user's that did it, as counted in the report. */
  readonly suppression?: string;
}

export interface Filter {
  readonly name: string;
  readonly apply: (finding: Finding, context: FilterContext) => FilterOutcome | undefined;
}
