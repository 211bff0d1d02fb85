// The facts that the score of a generic secret is made of, each with the step and the words that `explain` shows. What a
// fact weighs stands in generic-weights.ts, which `npm run fit` writes.
import { SHAPES, type Shape } from './value-shape.ts';

const NAME = {
  'name:password': 'the name says password',
  'name:pass': 'the name says pass',
  'name:passphrase': 'the name says passphrase',
  'name:pwd': 'the name says pwd',
  'name:secret': 'the name says secret',
  'name:token': 'the name says token',
  'name:auth': 'the name says auth',
  'name:api-key': 'the name says API key',
  'name:key': 'the name says key',
  'name:credential': 'the name says credential',
  'name:statement': 'a statement sets a password (SQL, SecureString)',
  'name:foreign': 'the name says password in another language',
  'name:alone': 'the name is that word alone',
  'name:last': 'the name ends in that word',
  'name:key-last': 'the name ends in key',
  'name:about': 'the name is of a thing about a secret',
  'name:other': 'the name speaks of something else',
  'name:csrf': 'the name is of a token against forged requests',
  'name:paging': 'the name is of a token that marks a place or a request',
  'name:public': 'the name says that it is public',
  'name:derived': 'the name is of a digest or a ciphertext',
  'name:id': 'the name is of an identifier',
  'name:test': 'the name says that it is a test’s',
  'name:owner': 'the name says whose it is',
  'name:form': 'the name is a form’s (new, old, confirm)',
  'name:verb': 'the name starts with a verb',
  'name:plural': 'the name is a plural',
  'name:screaming': 'the name is in capitals',
  'name:dotted': 'the name is a path with dots',
  'name:long': 'the name is very long',
  'name:member': 'the name is of a part of what the word names',
  'name:default': 'the name is of what is set at first',
  'name:word-inside': 'the word is a part of a longer one',
} as const;

const VALUE = {
  'length:4': 'has 4 or 5 characters',
  'length:6': 'has 6 or 7 characters',
  'length:8': 'has 8 to 11 characters',
  'length:12': 'has 12 to 15 characters',
  'length:16': 'has 16 to 19 characters',
  'length:20': 'has 20 to 31 characters',
  'length:32': 'has 32 to 63 characters',
  'length:64': 'has 64 to 127 characters',
  'length:128': 'has 128 characters or more',
  'rarity:0': 'its letters are those of words',
  'rarity:1': 'its letters are mostly those of words',
  'rarity:2': 'its letters are mixed',
  'rarity:3': 'its letters are rather random',
  'rarity:4': 'its letters are random',
  'value:digit': 'holds a digit',
  'value:digits': 'holds four digits or more',
  'value:sign': 'holds a sign',
  'value:bang': 'ends in a sign that people add to passwords',
  'value:two-cases': 'has small letters and capitals',
  'value:three-kinds': 'has three kinds of characters',
  'value:same-as-name': 'repeats its name',
  'value:in-name': 'is a part of its name',
  'value:holds-name': 'holds its name',
  'value:holds-word': 'holds a word for secrets',
  'value:made-up': 'says itself that it is made up',
  'value:stand-in': 'is a word that stands for a value',
  'value:label': 'names a credential and is none',
  'value:walk': 'is a counting row or a walk over the keyboard',
  'value:default-login': 'is a user or product name used as password',
  'value:type-word': 'is a word of types, forms or settings',
  'value:test-word': 'holds a word of tests',
  'value:stock': 'is made of words that people make passwords up with',
  'value:holds-random': 'holds a random piece',
  'value:encoded-text': 'is plain text in base64',
  'value:choices': 'lists choices',
  'value:starts-with-sign': 'starts with a sign',
  'value:ends-open': 'ends in a sign that leaves it open',
  'value:json': 'is a piece of JSON',
  'value:prefixed': 'starts with a short mark such as sk_',
  'value:base64-end': 'ends as base64 does',
  'value:public-mark': 'starts as public keys do',
  'value:encrypted-mark': 'starts as ciphertexts do',
  'value:password-hash': 'is the hash of a password',
  'surprise:0': 'says less than words do',
  'surprise:1': 'says as much as words do',
  'surprise:2': 'says a little more than words do',
  'surprise:3': 'says more than words do',
  'surprise:4': 'says much more than words do',
  'value:same-as-user': 'repeats a name beside it',
} as const;

const FORM = {
  'form:double': 'stands in double quotes',
  'form:single': 'stands in single quotes',
  'form:backtick': 'stands in backticks',
  'form:escaped': 'stands in escaped quotes',
  'form:bare-code': 'has no quotes in code',
  'form:bare-config': 'has no quotes in a configuration',
  'form:bare-text': 'has no quotes in a text',
  'operator:equals': 'is assigned with =',
  'operator:colon': 'is assigned with a colon',
  'operator:arrow': 'is assigned with an arrow',
  'operator:walrus': 'is assigned with :=',
  'operator:compare': 'is compared, not assigned',
  'operator:call': 'is given to a function',
  'operator:comma': 'follows its name after a comma',
  'operator:pair': 'is given to a function beside its name',
  'operator:tag': 'stands in a tag',
  'operator:attribute': 'is the value of an attribute',
  'operator:blank': 'follows its name',
  'operator:fallback': 'is a fallback',
  'operator:address': 'is the password of an address',
  'operator:second': 'is given to a function behind a user',
  'operator:percent': 'is assigned in an encoded URL',
  'operator:is': 'follows “is” in a sentence',
  'scheme:basic': 'is given as Basic credentials',
  'scheme:bearer': 'is given as Bearer token',
} as const;

const PLACE = {
  'after:expression': 'is part of an expression',
  'after:comma': 'a comma follows',
  'after:end': 'the statement or the line ends behind it',
  'after:close': 'a bracket closes behind it',
  'after:text': 'text follows',
  'before:comment': 'stands in a comment',
  'before:declares': 'is declared there',
  'before:option': 'is an option of a command',
  'before:query': 'is a parameter of a URL',
  'before:string': 'stands inside a longer text',
  'before:export': 'is set in the environment',
  'before:asserts': 'is expected by a test',
  'before:says': 'is said or thrown to people',
  'before:form': 'is a part of a form',
  'before:reads': 'is read from somewhere',
  'before:list-item': 'is an item of a list',
  'before:prose': 'stands in a sentence',
  'before:property': 'is set on an object',
  'near:user': 'a user name is assigned beside it',
  'near:host': 'a host or an address is assigned beside it',
  'login:stock-user': 'the user beside it has a name of examples',
  'login:local-host': 'this machine stands beside it',
  'login:example-host': 'a host of examples stands beside it',
  'near:same-line-user': 'a user name stands on its line',
  'near:secret': 'another credential is assigned beside it',
  'near:test': 'words of tests stand around it',
  'near:form': 'words of forms stand around it',
  'near:digest': 'digests or keys stand around it',
  'near:doc': 'mark-up of documents stands around it',
  'near:short-life': 'it ends within a day, as is said beside it',
} as const;

const PATH = {
  'path:lock': 'the file is a lock file',
  'path:source-map': 'the file is a source map',
  'path:minified': 'the file is minified',
  'path:vectors': 'the file holds test vectors or records of a conformance suite',
  'path:locale': 'the file holds translations',
  'path:vendor': 'the file is other people’s code',
  'path:generated': 'the file is generated',
  'path:test': 'the file is a test’s',
  'path:example': 'the file is an example',
  'path:docs': 'the file is documentation',
  'path:data': 'the file holds data',
  'path:config': 'the file is configuration',
  'path:source': 'the file is source code',
  'path:other': 'the file is of no known kind',
} as const;

const SHAPE = Object.fromEntries(Object.entries(SHAPES).map(([shape, text]) => [`shape:${shape}`, text]));

const STEPS: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['key-name', NAME],
  ['value', { ...SHAPE, ...VALUE }],
  ['form', FORM],
  ['place', PLACE],
  ['path', PATH],
];

/** Id of a fact, such as `shape:uuid`. */
export type Feature =
  | keyof typeof NAME
  | keyof typeof VALUE
  | keyof typeof FORM
  | keyof typeof PLACE
  | keyof typeof PATH
  | `shape:${Shape}`;

export interface FeatureInfo {
  /** Position in the list of all facts. */
  readonly index: number;
  readonly step: string;
  readonly text: string;
}

/** Every fact by its id, in a fixed order. */
export const FEATURES: ReadonlyMap<string, FeatureInfo> = new Map(
  STEPS.flatMap(([step, texts]) => Object.entries(texts).map(([id, text]) => ({ id, step, text }))).map(
    ({ id, step, text }, index) => [id, { index, step, text }] as const,
  ),
);
