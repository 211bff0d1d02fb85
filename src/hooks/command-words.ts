// Which files a shell command reads, as far as its words say it: operands of programs that print what they read, and `<`.
// No shell: variables, globs and scripts are not followed, which docs/agents.md says.

const READERS = new Set(
  `cat tac nl head tail less more bat batcat grep egrep fgrep rg ag ack sed awk gawk cut sort uniq tr wc strings od xxd hexdump base64
  base32 jq yq column paste fold fmt diff cmp comm source . view type Get-Content gc`.split(/\s+/),
);
/** Words that stand before a command and are not it. */
const BEFORE = new Set(['sudo', 'env', 'time', 'nice', 'nohup', 'command', 'exec', 'xargs', 'doas']);

type Token = { readonly kind: 'word' | 'end' | 'read' | 'write'; readonly text: string };

/** Words without their quotes, and the signs between commands. */
function tokenise(command: string): readonly Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s+|(\|\|?|&&?|;|\n|\(|\)|`|\$\()|(<<<?|<)|(\d*>>?&?\d*)|((?:'[^']*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"|\\[\s\S]|[^\s|&;()<>`'"\\])+)|['"\\$]/gy;
  for (const match of command.matchAll(pattern)) {
    const [whole, end, read, write, word] = match;
    if (end !== undefined || whole.includes('\n')) tokens.push({ kind: 'end', text: whole });
    else if (read !== undefined) tokens.push({ kind: read === '<' ? 'read' : 'write', text: read });
    else if (write !== undefined) tokens.push({ kind: 'write', text: write });
    else if (word !== undefined) tokens.push({ kind: 'word', text: unquote(word) });
  }
  return tokens;
}

function unquote(word: string): string {
  return word.replaceAll(
    /'([^']*)'|"([^"\\]*(?:\\[\s\S][^"\\]*)*)"|\\([\s\S])/g,
    (_, single, double, escaped) =>
      single ?? (double === undefined ? escaped : double.replaceAll(/\\(["\\$`])/g, '$1')),
  );
}

/** Names of files in the order of the command; some may not be files. */
export function listReadFiles(command: string): readonly string[] {
  const files = new Set<string>();
  let program: string | undefined;
  let target: Token['kind'] | undefined;
  for (const { kind, text } of tokenise(command)) {
    if (kind === 'end') program = target = undefined;
    else if (kind !== 'word') target = kind;
    else if (target !== undefined) {
      if (target === 'read') files.add(text);
      target = undefined;
    } else if (program === undefined) {
      if (!/^\w+=/.test(text) && !BEFORE.has(text)) program = text.slice(text.lastIndexOf('/') + 1);
    } else if (READERS.has(program)) {
      const value = /^-[^=]*=(.+)$/.exec(text)?.[1];
      if (value !== undefined) files.add(value);
      else if (!text.startsWith('-')) files.add(text);
    }
  }
  return [...files];
}
