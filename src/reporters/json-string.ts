// JSON whose bytes are safe to look at: what JSON.stringify leaves alone but a terminal acts on (C1 controls,
// bidirectional overrides, characters without a shape) is written as \uXXXX. Parsers see the same value.

const UNSEEN = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function escapeUnits(character: string): string {
  let out = '';
  for (let i = 0; i < character.length; i++) out += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return out;
}

/**
 * @param indent  spaces a level; 0 gives one line
 * @cost one JSON.stringify and one pass over its text
 */
export function toJsonText(value: unknown, indent: number): string {
  // Such characters occur only inside strings, so that they can be replaced in the finished text.
  return JSON.stringify(value, undefined, indent).replace(UNSEEN, escapeUnits);
}
