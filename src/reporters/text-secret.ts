// One secret in the text report: what it is, why it was found, where it stands, how to get rid of it.
import type { JudgedFinding, Report } from '../model/report.ts';
import type { RuleInfo } from '../model/rule.ts';
import { countOf } from '../util/amounts.ts';
import type { Drawing } from './block.ts';
import { drawLabelled, drawParagraph } from './block.ts';
import { commitOf, describePlace, describeReasons, describeRule } from './describe.ts';
import type { SecretGroup } from './group-secrets.ts';
import { drawHistory } from './text-history.ts';
import { describeEntry, drawShell } from './text-shell.ts';
import { makeVisible } from './visible-text.ts';
import { splitWords } from './wrap.ts';

const MAX_PLACES = 5;

function drawTitle(group: SecretGroup, report: Report, drawing: Drawing): string[] {
  const { style } = drawing;
  const level = group.severity.toUpperCase();
  const lines = drawParagraph(splitWords(describeRule(report, group.ruleId)), drawing, ' '.repeat(level.length + 2));
  const note = group.isKnown ? ` ${style.doubtful('(known, new place)')}` : '';
  return lines.map((line, i) => {
    const name = style.bold(line.slice(level.length + 2));
    const head = i === 0 ? style.bySeverity(group.severity, level) : ' '.repeat(level.length);
    return `${head}  ${name}${i === lines.length - 1 ? note : ''}`;
  });
}

function placeWords(judged: JudgedFinding, isMixed: boolean): string[] {
  const words = [describePlace(judged.finding)];
  const commit = commitOf(judged.finding.origin);
  if (commit !== undefined) words.push(`(commit ${makeVisible(commit.slice(0, 12))})`);
  if (judged.finding.shell) words.push(...describeEntry(judged.finding.shell));
  if (isMixed && judged.verdict.kind === 'known-new-place') words.push('(known, new place)');
  return words;
}

function drawPlaces(group: SecretGroup, drawing: Drawing): string[] {
  const shown = group.places.slice(0, MAX_PLACES).map((place) => placeWords(place, !group.isKnown));
  const more = group.places.length - MAX_PLACES;
  if (more > 0) shown.push(splitWords(`and ${countOf(more, 'more', 'more')}`));
  return drawLabelled(group.places.length === 1 ? 'place' : 'places', shown, drawing);
}

function drawNextSteps(info: RuleInfo, drawing: Drawing): string[] {
  const { where, url, notes } = info.rotate;
  const steps = [splitWords(where)];
  if (url !== undefined) steps.push([drawing.style.link(makeVisible(url), url)]);
  if (notes !== undefined) steps.push(splitWords(notes));
  const lines = drawLabelled('rotate', steps, drawing);
  if (info.temporary === undefined) return lines;
  return [...lines, ...drawLabelled('instead', [splitWords(info.temporary)], drawing)];
}

/** @returns the lines of one secret, without an empty line around them */
export function drawSecret(group: SecretGroup, report: Report, drawing: Drawing): string[] {
  const { finding } = group.best;
  const value = [
    drawing.style.bold(finding.secret.masked()),
    ...splitWords(`(confidence ${group.confidence}, rule ${group.ruleId})`),
  ];
  const lines = [...drawTitle(group, report, drawing), ...drawLabelled('value', [value], drawing)];
  const reasons = splitWords(describeReasons(group.best));
  if (reasons.length > 0) lines.push(...drawLabelled('why', [reasons], drawing));
  if (finding.parts.length > 0) {
    const parts = finding.parts.map((part) => [makeVisible(part.name), part.secret.masked()]);
    lines.push(...drawLabelled('with', parts, drawing));
  }
  lines.push(...drawPlaces(group, drawing));
  if (finding.history) lines.push(...drawHistory(finding.history, drawing));
  if (finding.shell) lines.push(...drawShell(finding.shell, drawing));
  const info = report.rules.get(group.ruleId);
  return info ? [...lines, ...drawNextSteps(info, drawing)] : lines;
}
