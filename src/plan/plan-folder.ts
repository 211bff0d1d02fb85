// The files of a plan folder: plan.md, policies, patches and the commands as one script that runs nothing by itself.
import { makeVisible } from '../reporters/visible-text.ts';
import type { Plan, PlannedSecret } from './plan.ts';
import { renderMarkdown } from './render-markdown.ts';
import { describePlan } from './render-words.ts';
import { shellWord } from './store-commands.ts';

export interface PlanFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A comment can have no line end in it, and no more than a line. */
const comment = (text: string): string => `# ${makeVisible(text)}`;

function secretFunctions(secret: PlannedSecret): readonly string[] {
  return secret.steps.flatMap((step) => {
    const blocks = step.commands.filter(({ shell }) => shell === 'sh');
    const patches = [...new Set(step.code.flatMap(({ patch }) => patch ?? []))];
    if (blocks.length === 0 && patches.length === 0) return [];
    return [
      '',
      comment(`${secret.number}. ${secret.ruleId} ${secret.masked}: ${step.title}`),
      ...step.text.map(comment),
      `${step.id}_${secret.number}() {`,
      ...patches.map((name) => `  unleak plan --print-diff "$plan/patches/${name}" | git apply`),
      ...blocks.flatMap(({ title, lines }) => [
        `  ${comment(title)}`,
        ...lines.map((line) => `  ${line.replaceAll('file://policies/', 'file://"$plan"/policies/')}`),
      ]),
      '}',
    ];
  });
}

/** Defines functions and calls none: whoever reads it runs them one by one. */
export function renderCommands(plan: Plan): string {
  const shared = plan.patches.filter(({ name }) => name.startsWith('00-'));
  return [
    '#!/usr/bin/env bash',
    comment(`${describePlan(plan)}.`),
    '# No value stands in here. Nothing runs by itself: read it, put in the words in capitals, load it from the top of the',
    '# repository ("source DIR/commands.sh") and call the functions one by one, such as rotate_1, store_1, code_1.',
    '',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: bash's own braces
    'plan="$(cd "$(dirname "${BASH_SOURCE[0]:-$0}")" && pwd)"',
    ...(shared.length > 0
      ? [
          '',
          '# Files that several changes use; call this before any code_N.',
          'code_shared() {',
          ...shared.map(({ name }) => `  unleak plan --print-diff "$plan/patches/${name}" | git apply`),
          '}',
        ]
      : []),
    ...plan.secrets.flatMap(secretFunctions),
    '',
  ].join('\n');
}

/** @param folder  as the user wrote it, for the commands */
export function listPlanFiles(plan: Plan, folder: string): readonly PlanFile[] {
  const policies = plan.secrets.flatMap(({ steps }) => steps.flatMap((step) => step.policies));
  return [
    { path: 'plan.md', text: renderMarkdown(plan, shellWord(folder)) },
    { path: 'commands.sh', text: renderCommands(plan) },
    ...policies.map(({ name, document }) => ({
      path: `policies/${name}`,
      text: `${JSON.stringify(document, undefined, 2)}\n`,
    })),
    ...plan.patches.map(({ name, text }) => ({
      path: `patches/${name}`,
      text: text.replace('THIS-FILE', `${shellWord(folder)}/patches/${name}`),
    })),
  ];
}
