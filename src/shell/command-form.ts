// Where the value stands in a command, as rule files say it:
//   `-p<v>` attached · `-p <v>` next word · `--password <v>` next word or behind `=` · `--password=<v>` only behind `=`
//   `-~u <v>` also at the end of a bundle such as `-sSu` · `/p:<v>` · `@2 <v>` second word that is no option, behind the
//   `after` words · `@* <name>=<v>` any such word · `:password <v>` behind this word ·
//   `stdin <v>` · `NAME=<v>` variable set before the command or exported.
// In the value's word `<v>` is the secret, `<q>` one that ends at `&`, `<t>` a token of 20 characters and more, `<url>` an address with a password, `<user>` anything up to the next sign, `<name>` a name of a credential, `<any>`
// anything.

export interface FlagForm {
  readonly kind: 'flag';
  readonly flag: string;
  readonly isAttached: boolean;
  readonly isEquals: boolean;
  readonly isNext: boolean;
  readonly isBundled: boolean;
  /** A parameter of PowerShell: case does not count, and `flag` is in lower case. */
  readonly isLoose: boolean;
  readonly template: RegExp;
}

export interface PositionForm {
  readonly kind: 'position';
  /** From 1; 0 is the tool itself; undefined: any. */
  readonly index: number | undefined;
  /** Options count as words. */
  readonly hasOptions: boolean;
  readonly template: RegExp;
}

export interface StdinForm {
  readonly kind: 'stdin';
  readonly template: RegExp;
}

export interface VariableForm {
  readonly kind: 'variable';
  readonly name: string;
}

export type CommandForm = FlagForm | PositionForm | StdinForm | VariableForm;

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Group `v` of the expression is the value; `user` and `name` are kept for the safe form. */
function compileTemplate(template: string): RegExp {
  const parts = template.split(/(<(?:v|q|t|url|user|name|any)>)/).filter(Boolean);
  const source = parts.map((part, i) => {
    const next = parts[i + 1];
    const stop = next === undefined || next.startsWith('<') ? '' : escapePattern(next[0]!);
    if (part === '<v>') return stop === '' ? '(?<v>[\\s\\S]+)' : `(?<v>[^${stop}]+)`;
    if (part === '<q>') return '(?<v>[^&\\s]+)(?:&[^\\n]*)?';
    if (part === '<url>') return '[^\\n]*?[\\w+.-]+://(?<user>[^:/@\\s]*):(?<v>[^/\\s]+)@[^\\n]*';
    if (part === '<t>') return '(?<v>[A-Za-z0-9_.~-]{20,})';
    if (part === '<user>') return stop === '' ? '(?<user>[^\\s]*)' : `(?<user>[^${stop}\\s]*)`;
    if (part === '<name>') return '(?<name>[\\w.\\[\\]:/-]+?)';
    if (part === '<any>') return '[^\\n]*?';
    return escapePattern(part);
  });
  return new RegExp(`^${source.join('')}$`, 'd');
}

/** @throws Error with one sentence when the form cannot be read */
export function compileForm(form: string): CommandForm {
  if (!/<(?:[vqt]|url)>/.test(form)) {
    const hasName = /^[A-Z_][A-Z0-9_]*$/.test(form);
    throw new Error(`the form "${form}" has no <v>${hasName ? `; write ${form}=<v>` : ''}`);
  }
  const stdin = /^stdin (.+)$/.exec(form);
  if (stdin) return { kind: 'stdin', template: compileTemplate(stdin[1]!) };
  const position = /^@(\d+|\*) (.+)$/.exec(form);
  if (position) {
    const index = position[1] === '*' ? undefined : Number(position[1]);
    return {
      kind: 'position',
      index,
      hasOptions: position[2]!.startsWith('-'),
      template: compileTemplate(position[2]!),
    };
  }
  const variable = /^([A-Za-z_]\w*)=<v>$/.exec(form);
  if (variable) return { kind: 'variable', name: variable[1]! };
  const keyword = /^:([\w.-]+) (.+)$/.exec(form);
  if (keyword) {
    const [, word, template] = keyword;
    const how = { isAttached: false, isEquals: false, isNext: true, isBundled: false, isLoose: false };
    return { kind: 'flag', flag: word!, ...how, template: compileTemplate(template!) };
  }
  const flag = /^(-~?[^<= ]*|\/[A-Za-z]+:?)( |=|)(.+)$/.exec(form);
  if (!flag) throw new Error(`the form "${form}" cannot be read; see src/shell/command-form.ts`);
  const isBundled = flag[1]!.startsWith('-~');
  const name = isBundled ? `-${flag[1]!.slice(2)}` : flag[1]!;
  const isLoose = /^-[A-Z][a-z]/.test(name);
  const isLong = /^--|^-[A-Za-z]{2}/.test(name) || isLoose;
  return {
    kind: 'flag',
    flag: isLoose ? name.toLowerCase() : name,
    isAttached: flag[2] === '',
    isEquals: flag[2] === '=' || (flag[2] === ' ' && isLong),
    isNext: flag[2] === ' ',
    isBundled,
    isLoose,
    template: compileTemplate(flag[3]!),
  };
}
