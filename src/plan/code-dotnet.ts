// C#: AWS's caching client for .NET, called from a small class of its own.
import {
  type LanguagePack,
  type MechanicalEdit,
  quoteDouble,
  type Refusal,
  type SecretTarget,
  type SourceFile,
  type Stretch,
  type TextEdit,
} from './code-change.ts';
import { findLiteral, folderOf, isRefusal } from './find-literal.ts';

const HELPER = `using System;
using System.Text.Json;
using Amazon.SecretsManager.Extensions.Caching;

/// <summary>Reads one key of a JSON secret in AWS Secrets Manager. The cache keeps it for an hour.</summary>
internal static class AwsSecret
{
    private static readonly SecretsManagerCache Cache = new SecretsManagerCache();

    public static string Read(string name, string key)
    {
        var text = Cache.GetSecretString(name).GetAwaiter().GetResult();
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.TryGetProperty(key, out var value) && value.GetString() is { } found) return found;
        throw new InvalidOperationException($"secret {name}: has no key {key}");
    }
}
`;

const expression = ({ name, jsonKey }: SecretTarget): string =>
  `AwsSecret.Read(${quoteDouble(name)}, ${quoteDouble(jsonKey)})`;

function edit(file: SourceFile, value: Stretch, target: SecretTarget): MechanicalEdit | Refusal {
  const literal = findLiteral(file, value, ['"'], '@$');
  if (isRefusal(literal)) return literal;
  if (literal.prefix.includes('$')) return { refused: 'it is a formatted string' };
  if (/^\s*(?:\/\/|\*|\/\*)/.test(literal.before)) return { refused: 'it stands in a comment: delete it' };
  if (/^\s*\[|\bcase\s*$/.test(literal.before)) return { refused: 'an attribute or case needs a constant' };
  if (/\+\s*$/.test(literal.before) || /^\s*\+/.test(literal.after))
    return { refused: 'several strings are joined there' };
  const edits: TextEdit[] = [];
  const constant = /\bconst\s+(?=string\b)/.exec(literal.before);
  if (constant) {
    const start = literal.lineStart + constant.index;
    const isMember = /\b(?:public|private|internal|protected)\b/.test(literal.before);
    edits.push({ start, end: start + constant[0].length, replacement: isMember ? 'static readonly ' : '' });
  }
  return {
    edits: [...edits, { start: literal.start, end: literal.end, replacement: expression(target) }],
    helper: { path: `${folderOf(file.path)}AwsSecret.cs`, text: HELPER },
  };
}

export const DOTNET: LanguagePack = {
  id: 'dotnet',
  label: 'C# / .NET',
  fits: ({ path }) => /\.cs$/i.test(path),
  edit,
  snippet: (target) => ({
    fence: 'csharp',
    code: `${HELPER}\n// Where the value was:\nvar value = ${expression(target)};`,
  }),
  packages: ['dotnet add package AWSSDK.SecretsManager.Caching'],
  notes: ['In async code await Cache.GetSecretString(…) in place of GetResult().'],
};
