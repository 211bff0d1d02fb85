// The plan as Markdown: a checklist for an issue, whole, with every command. Also plan.md of a plan folder.
import { makeVisible } from '../reporters/visible-text.ts';
import { applyCommand } from './masked-patch.ts';
import type { CodeAdvice, Plan, PlannedSecret, PlanStep } from './plan.ts';
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

/** Text as Markdown shows it: nothing of it is mark-up. */
function escapeMarkdown(text: string): string {
  return makeVisible(text).replace(/[\\`*_[\]<>|#~]/g, (sign) => `\\${sign}`);
}

/** Code in a line; a backtick inside needs longer fences. */
function inCode(text: string): string {
  const visible = makeVisible(text);
  return visible.includes('`') ? `\`\` ${visible} \`\`` : `\`${visible}\``;
}

function fenced(word: string, code: string): readonly string[] {
  const fence = code.includes('```') ? '````' : '```';
  return [`${fence}${word}`, ...code.split('\n'), fence];
}

const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => (line === '' ? '' : `  ${line}`));

const MOST_PLACES = 10;

function codeLines(advice: CodeAdvice, folder: string): readonly string[] {
  const { path, line, language, patch, refused, snippet, packages, notes } = advice;
  const head = `- ${inCode(`${path}:${line}`)} (${escapeMarkdown(language)}): `;
  const extra = [...packages.map((one) => `Packages: ${inCode(one)}.`), ...notes.map(escapeMarkdown)];
  if (patch !== undefined)
    return [
      `${head}${inCode(`patches/${patch}`)}`,
      '',
      ...indent(fenced('sh', applyCommand(`${folder}/patches/${patch}`))),
      '',
      ...indent(extra.map((text) => `- ${text}`)),
    ];
  return [
    `${head}by hand, because ${escapeMarkdown(refused ?? 'it is not mechanical')}`,
    '',
    ...indent(fenced(snippet.fence, snippet.code)),
    '',
    ...indent(extra.map((text) => `- ${text}`)),
  ];
}

function stepLines(step: PlanStep, number: number, folder: string | undefined): readonly string[] {
  const policies = step.policies.flatMap(({ name, title, document }) => [
    '',
    `${inCode(folder === undefined ? name : `${folder}/policies/${name}`)} (${escapeMarkdown(title)}):`,
    '',
    ...fenced('json', JSON.stringify(document, undefined, 2)),
  ]);
  return [
    `- [ ] **${number}. ${escapeMarkdown(step.title)}**`,
    ...indent([
      ...step.text.map((text) => `- ${escapeMarkdown(text)}`),
      ...step.code.flatMap((advice) => codeLines(advice, folder ?? 'DIR')),
      ...step.commands.flatMap(({ title, shell, lines }) => [
        '',
        `${escapeMarkdown(title)}:`,
        '',
        ...fenced(shell, lines.join('\n').replaceAll('file://policies/', `file://${folder ?? 'DIR'}/policies/`)),
      ]),
      ...policies,
    ]),
    '',
  ];
}

function secretLines(secret: PlannedSecret, folder: string | undefined): readonly string[] {
  const { number, ruleId, ruleName, masked, severity, inventory, places } = secret;
  const target = describeTarget(secret);
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['Risk', [`${severity}; ${describeRisk(secret)}`]],
    ['What to do', [describeDisposition(secret)]],
    ['Kind', [`${inventory.kind}${inventory.environment === undefined ? '' : `, ${inventory.environment}`}`]],
    ['Used by', inventory.usedBy.length > 0 ? [inventory.usedBy.join(', ')] : []],
    ['Owner', inventory.owners.length > 0 ? [inventory.owners.join(', ')] : []],
    ['Entry', target],
    ['Value', describeValues(secret)],
    ['Dates', describeDates(secret)],
  ];
  return [
    `## ${number}. ${escapeMarkdown(ruleName)} (${inCode(ruleId)}): ${inCode(masked)}`,
    '',
    ...rows.flatMap(([name, texts]) =>
      texts.map((text, i) => `- ${i === 0 ? `${name}: ` : ''}${escapeMarkdown(text)}`),
    ),
    ...(places.length > 0
      ? [
          `- Places: ${places
            .slice(0, MOST_PLACES)
            .map((place) => inCode(describePlace(place)))
            .join(', ')}${places.length > MOST_PLACES ? `, and ${places.length - MOST_PLACES} more` : ''}`,
        ]
      : []),
    '',
    ...secret.steps.flatMap((step, i) => stepLines(step, i + 1, folder)),
  ];
}

/** @param folder  the plan folder as a word for shells; undefined: there is none, and commands say DIR */
export function renderMarkdown(plan: Plan, folder: string | undefined): string {
  const problems = [...listVaultProblems(plan), ...plan.notes];
  const faults = listFaults(plan);
  const shared = plan.patches.filter(({ name }) => name.startsWith('00-'));
  return [
    '# Plan to take secrets out of the code',
    '',
    `${escapeMarkdown(describePlan(plan))}.`,
    '',
    'Work from the top: what is pushed and live comes first. No value stands in this plan; the diffs are masked, and',
    '`unleak plan --print-diff FILE` puts the old values back in memory, for `git apply` alone. Run commands from the top of the repository.',
    '',
    ...(problems.length > 0 ? ['Not known:', '', ...problems.map((text) => `- ${escapeMarkdown(text)}`), ''] : []),
    ...(shared.length > 0
      ? [
          'Files that several changes use; apply these first, or all diffs at once:',
          '',
          ...shared.map(({ name, path }) => `- ${inCode(`patches/${name}`)} makes ${inCode(path)}`),
          '',
          ...fenced('sh', applyCommand(`${folder ?? 'DIR'}/patches`)),
          '',
        ]
      : []),
    ...(folder === undefined
      ? ['The diffs and policies are files of a plan folder: `unleak plan --write DIR`.', '']
      : []),
    ...plan.secrets.flatMap((secret) => secretLines(secret, folder)),
    ...(faults.length > 0 ? ['## Code and vault', '', ...faults.map((text) => `- ${escapeMarkdown(text)}`), ''] : []),
  ].join('\n');
}
