// The dates of an entry against the day a value leaked → a verdict, what it proves and what not. Pure; `now` is given.
// What AWS's dates mean: a rotation date is set by finished rotations of Secrets Manager only, not by values that people put;
// the date of change moves with any change, tags too; the date of access is a day, and of one region.
import { DATE_VERDICTS, type DateVerdict, type DateVerdictKind, type VaultEntry } from '../model/vault.ts';

/** What the repository says of a leaked value. */
export interface LeakDates {
  /** Date of the first commit that has it, ISO 8601; undefined when no commit has it. */
  readonly firstDate: string | undefined;
  readonly pushed: 'yes' | 'no' | 'unknown';
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** After this long without a read an entry counts as unused; AWS Config's rule secretsmanager-secret-unused has the same. */
export const UNUSED_DAYS = 90;
/** Clocks of people who commit are wrong by hours at times: what is nearer than this says nothing. */
const CLOCK_MARGIN_MS = DAY_MS;

const timeOf = (date: string | undefined): number | undefined => {
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
};
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/**
 * True when nobody has read the entry for more than 90 days, as far as this region's listing tells.
 * Parameter Store keeps no such date, and a young entry had no time to be read.
 */
export function isUnused(entry: VaultEntry, now: Date): boolean {
  if (entry.store === 'parameter-store') return false;
  const last = timeOf(entry.accessedDate) ?? timeOf(entry.createdDate);
  return last !== undefined && now.getTime() - last > UNUSED_DAYS * DAY_MS;
}

/** Undefined: the listing does not say. An old value keeps the label AWSPREVIOUS until the next one comes. */
function hadOneValueOnly(entry: VaultEntry): boolean | undefined {
  const { versions, store } = entry;
  if (versions.length === 0) return undefined;
  if (store === 'parameter-store') return versions[0]?.id === '1';
  return !versions.some(({ stages }) => stages.includes('AWSPREVIOUS'));
}

interface Times {
  readonly leak: number;
  readonly created: number | undefined;
  readonly changed: number | undefined;
  readonly rotated: number | undefined;
}

type Judgement = Pick<DateVerdict, 'kind' | 'text' | 'proves' | 'doesNotProve'>;

const NOT_THE_SAME = 'that the entry holds the value that leaked: names and dates do not tell, --compare-values does';

function judgeRotation({ leak, rotated = 0 }: Times): Judgement {
  const days = `rotated on ${dayOf(rotated)}, leaked on ${dayOf(leak)}`;
  if (rotated - leak > CLOCK_MARGIN_MS) {
    return {
      kind: 'rotated-after-leak',
      text: `rotated after the leak: ${days}`,
      proves:
        'that Secrets Manager finished a rotation after the value was committed, so the entry holds another value now',
      doesNotProve:
        'that the old value is dead: with two users in turns it lives until the next rotation, and a provider may keep old keys; nor that the leaked value was of this entry',
    };
  }
  const isNear = rotated > leak;
  return {
    kind: 'live-after-rotation',
    text: isNear
      ? `rotated and leaked within a day (${days}): take it as live`
      : `leaked after the last rotation: live (${days})`,
    proves: isNear
      ? 'nothing for sure: clocks of people who commit may be wrong by hours'
      : 'that no rotation has replaced a value since the commit',
    doesNotProve: `${NOT_THE_SAME}; a value that was put by hand leaves no date of rotation`,
  };
}

function judgeChange(entry: VaultEntry, { leak, created, changed }: Times): Judgement | undefined {
  const leaked = `leaked on ${dayOf(leak)}`;
  // The newest date there is: whatever happened to the entry, it did not happen later.
  const last = changed ?? created;
  if (last === undefined) return undefined;
  if (leak - last >= 0) {
    return {
      kind: 'entry-older-than-leak',
      text: `vault entry older than the leak: last changed on ${dayOf(last)}, ${leaked}, never rotated: live`,
      proves: 'that no part of the entry has changed since before the commit: its value then is its value now',
      doesNotProve: NOT_THE_SAME,
    };
  }
  const oneValue = hadOneValueOnly(entry);
  if (oneValue === true) {
    const isYounger = created !== undefined && created > leak;
    return {
      kind: 'never-rotated',
      text: `never rotated: one value since ${created === undefined ? 'it was made' : dayOf(created)}, ${leaked}`,
      proves: 'that the entry has had one value only; what changed later was not the value',
      doesNotProve: isYounger
        ? 'whether that one value is the leaked one, put in as it was; --compare-values tells'
        : NOT_THE_SAME,
    };
  }
  if (created !== undefined && created - leak > 0) {
    return {
      kind: 'entry-younger-than-leak',
      text: `vault entry younger than the leak: made on ${dayOf(created)}, ${leaked}`,
      proves: 'that the leaked value was in use before the entry was made',
      doesNotProve: 'whether the entry was filled with the leaked value or with a new one; --compare-values tells',
    };
  }
  return {
    kind: 'changed-after-leak',
    text: `changed by hand on ${dayOf(last)} after the leak (${leaked}), never rotated by Secrets Manager`,
    proves:
      oneValue === false
        ? 'that the entry has had another value before, and that something of it was changed after the commit'
        : 'that something of the entry was changed after the commit',
    doesNotProve: 'that the value was changed then: tags, description and rotation set-up count as changes too',
  };
}

function judgeWithoutDates(leak: LeakDates, entry: VaultEntry, now: Date): Judgement {
  if (isUnused(entry, now)) {
    const last = timeOf(entry.accessedDate);
    return {
      kind: 'unused-entry',
      text: `unused entry: ${last === undefined ? 'never read' : `last read on ${dayOf(last)}`} in ${entry.region ?? 'its region'}`,
      proves: `that nobody read it in this region within ${UNUSED_DAYS} days`,
      doesNotProve: 'that nobody uses the value: caches, copies and other regions do not show; nor that it is revoked',
    };
  }
  return {
    kind: 'unknown',
    text:
      leak.firstDate === undefined
        ? 'no commit has the value, so there is no day to compare with'
        : 'the listing has no dates of the entry to compare with',
    proves: 'nothing',
    doesNotProve: 'anything; treat the value as live',
  };
}

function judgeDeleted(deleted: number): Judgement {
  return {
    kind: 'scheduled-for-deletion',
    text: `scheduled for deletion since ${dayOf(deleted)}: nobody can read it, and its name is taken until it is gone`,
    proves: 'that no running code gets its value from this entry',
    doesNotProve: 'that the value is revoked at its provider; it may be live',
  };
}

/** True when the entry was read on the day of the leak or later: a day is all that AWS keeps. */
function noteAccess(entry: VaultEntry, leak: number | undefined): readonly string[] {
  const accessed = timeOf(entry.accessedDate);
  if (entry.store === 'parameter-store') return [];
  const where = entry.region === undefined ? '' : ` in ${entry.region}`;
  if (accessed === undefined) return [`never read${where}, as far as the listing tells`];
  if (leak === undefined || accessed + DAY_MS <= leak) return [`last read on ${dayOf(accessed)}${where}`];
  return [`last read on ${dayOf(accessed)}${where}, not before the day of the leak: still in use`];
}

function noteRotation({ rotation, versions }: VaultEntry, now: Date): readonly string[] {
  const notes: string[] = [];
  const next = timeOf(rotation.nextDate);
  if (rotation.isEnabled && next !== undefined && next < now.getTime())
    notes.push(`a rotation was due on ${dayOf(next)} and has not come: look at the rotation's function`);
  if (versions.some(({ stages }) => stages.includes('AWSPENDING') && !stages.includes('AWSCURRENT')))
    notes.push('a version waits as AWSPENDING: a rotation is under way, or has failed');
  if (rotation.isEnabled && rotation.lastDate === undefined) notes.push('rotation is on, but none has finished yet');
  return notes;
}

function noteReplicas({ replicaRegions, region }: VaultEntry): readonly string[] {
  if (replicaRegions.length === 0) return [];
  return [`also in ${replicaRegions.join(', ')}: rotate in ${region ?? 'the primary region'}`];
}

/**
 * What the dates of one entry say of one leaked value.
 *
 * @param now  for "unused" and "overdue"
 * @returns never a proof that a value is dead: only its provider can tell
 */
export function verdictOf(entry: VaultEntry, leak: LeakDates, now: Date): DateVerdict {
  const leakTime = timeOf(leak.firstDate);
  const times = leakTime !== undefined && {
    leak: leakTime,
    created: timeOf(entry.createdDate),
    changed: timeOf(entry.changedDate),
    rotated: timeOf(entry.rotation.lastDate),
  };
  const deleted = timeOf(entry.deletedDate);
  const byDates = times && (times.rotated === undefined ? judgeChange(entry, times) : judgeRotation(times));
  const main = deleted === undefined ? byDates || judgeWithoutDates(leak, entry, now) : judgeDeleted(deleted);
  const holding = new Set<DateVerdictKind>(byDates ? [byDates.kind] : []);
  if (isUnused(entry, now)) holding.add('unused-entry');
  holding.delete(main.kind);
  return {
    ...main,
    also: DATE_VERDICTS.filter((kind) => holding.has(kind)),
    notes: [
      ...(deleted !== undefined && byDates ? [byDates.text] : []),
      ...noteAccess(entry, leakTime),
      ...noteRotation(entry, now),
      ...noteReplicas(entry),
      ...(leak.pushed === 'no' ? ['no remote has the commit yet: the value has not left the machine through git'] : []),
    ],
  };
}
