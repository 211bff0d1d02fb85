// The plan for a terminal: each secret with what to do, and the commands for one family of shells.
import { createStyle, type Style } from '../reporters/style.ts';
import { makeVisible } from '../reporters/visible-text.ts';
import { clampWidth, splitWords, wrapWords } from '../reporters/wrap.ts';
import type { CodeAdvice, Plan, PlannedSecret, PlanStep, ShellName } from './plan.ts';
import {
  describeDates,
  describeDisposition,
  describePlace,
  describePlan,
  describeRisk,
  describeTarget,
  describeValues,
  listFaults,
  listVaultProblems,
} from './render-words.ts';

export interface PlanTextOptions {
  readonly color: boolean;
  readonly width: number;
  readonly shell: ShellName;
}

const MOST_PLACES = 5;

function paragraph(text: string, width: number, first: string, rest: string): readonly string[] {
  return wrapWords(splitWords(text), width - rest.length).map((line, i) => `${i === 0 ? first : rest}${line}`);
}

function codeLines({ path, line, language, patch, refused, snippet }: CodeAdvice, width: number): readonly string[] {
  const place = `${makeVisible(path)}:${line} (${language})`;
  if (patch !== undefined) return [`     ${place}: diff ${patch} (--write DIR)`];
  return [
    ...paragraph(`${place}: by hand, because ${refused ?? 'it is not mechanical'}`, width, '     ', '       '),
    ...snippet.code.split('\n').map((row) => `       ${makeVisible(row.replaceAll('\t', '    '))}`.trimEnd()),
  ];
}

function stepLines(step: PlanStep, number: number, { width, shell }: PlanTextOptions, style: Style): readonly string[] {
  const blocks = step.commands.filter(
    (block) => block.shell === shell || (block.shell === 'sh' && !step.commands.some((other) => other.shell === shell)),
  );
  return [
    `  ${style.bold(`${number} ${makeVisible(step.title)}`)}`,
    ...step.text.flatMap((text) => paragraph(text, width, '    ', '    ')),
    ...step.code.flatMap((code) => codeLines(code, width)),
    ...blocks.flatMap(({ title, lines }) => [
      style.dim(`     # ${makeVisible(title)}`),
      ...lines.map((line) => `     ${makeVisible(line)}`),
    ]),
    ...step.policies.map(({ name, title }) => `     policy ${name}, ${title} (--write DIR)`),
  ];
}

function secretLines(secret: PlannedSecret, options: PlanTextOptions, style: Style): readonly string[] {
  const { width } = options;
  const { number, ruleId, masked, severity, inventory, places } = secret;
  const row = (name: string, texts: readonly string[]): readonly string[] =>
    texts.flatMap((text, i) => paragraph(text, width, `  ${(i === 0 ? name : '').padEnd(8)}`, ' '.repeat(10)));
  const shown = places.slice(0, MOST_PLACES).map(describePlace);
  return [
    `${style.bold(String(number))} ${style.bySeverity(severity, severity)} ${style.bold(makeVisible(ruleId))} ${makeVisible(masked)}`,
    ...row('risk', [describeRisk(secret)]),
    ...shown.map((place, i) => `  ${(i === 0 ? 'in' : '').padEnd(8)}${place}`),
    ...(places.length > MOST_PLACES ? [`          and ${places.length - MOST_PLACES} more places`] : []),
    ...row('kind', [
      `${inventory.kind}${inventory.environment === undefined ? '' : `, ${inventory.environment}`}${inventory.owners.length > 0 ? `; owner ${inventory.owners.join(', ')}` : ''}`,
    ]),
    ...row('do', [describeDisposition(secret)]),
    ...row('entry', describeTarget(secret)),
    ...row('value', describeValues(secret)),
    ...row('dates', describeDates(secret)),
    ...secret.steps.flatMap((step, i) => stepLines(step, i + 1, options, style)),
    '',
  ];
}

export function renderText(plan: Plan, given: PlanTextOptions): string {
  const options = { ...given, width: clampWidth(given.width) };
  const style = createStyle({ color: options.color, links: false });
  const problems = [...listVaultProblems(plan), ...plan.notes];
  const faults = listFaults(plan);
  return [
    ...plan.secrets.flatMap((secret) => secretLines(secret, options, style)),
    ...(faults.length > 0
      ? [style.bold('code and vault'), ...faults.flatMap((text) => paragraph(text, options.width, '  ', '    ')), '']
      : []),
    ...problems.flatMap((text) => paragraph(text, options.width, '', '  ')),
    ...wrapWords(splitWords(`${describePlan(plan)}.`), options.width),
    '',
  ].join('\n');
}
