// All language packs, in the order in which they are tried: descriptions of clouds before plain settings, the catch-all
// last. To add one: a file with a LanguagePack, a line here, a case in test/plan/language-packs.test.ts.
import type { LanguagePack, SourceFile } from './code-change.ts';
import { CDK, CLOUDFORMATION, COMPOSE, ECS, GITHUB_ACTIONS, KUBERNETES } from './code-cloud.ts';
import { ANY, DOCKERFILE, DOTENV, LAMBDA, SPRING } from './code-config.ts';
import { DOTNET } from './code-dotnet.ts';
import { GO } from './code-go.ts';
import { JAVASCRIPT } from './code-javascript.ts';
import { JAVA, KOTLIN } from './code-jvm.ts';
import { PYTHON } from './code-python.ts';
import { PHP, RUBY } from './code-ruby-php.ts';
import { RUST } from './code-rust.ts';
import { FISH, POWERSHELL, SHELL } from './code-shell.ts';
import { TERRAFORM } from './code-terraform.ts';

export const LANGUAGE_PACKS: readonly LanguagePack[] = [
  CDK,
  JAVASCRIPT,
  PYTHON,
  GO,
  JAVA,
  KOTLIN,
  DOTNET,
  RUST,
  RUBY,
  PHP,
  FISH,
  POWERSHELL,
  DOTENV,
  TERRAFORM,
  GITHUB_ACTIONS,
  CLOUDFORMATION,
  ECS,
  COMPOSE,
  KUBERNETES,
  SPRING,
  LAMBDA,
  DOCKERFILE,
  SHELL,
  ANY,
];

/** The first pack that fits; there is always one. */
export function findLanguagePack(file: SourceFile): LanguagePack {
  return LANGUAGE_PACKS.find((pack) => pack.fits(file)) ?? ANY;
}
