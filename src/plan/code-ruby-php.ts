// Ruby and PHP: the plain SDKs, with the value kept in memory for some minutes, because AWS has no cache for them.
import {
  type LanguagePack,
  type MechanicalEdit,
  quoteSingle,
  type Refusal,
  type SecretTarget,
  type SourceFile,
  type Stretch,
} from './code-change.ts';
import { findOpenBlocks } from './enclosing-blocks.ts';
import { findLiteral, folderOf, insertLines, isRefusal, nextLineStart } from './find-literal.ts';

const RUBY_HELPER = `# frozen_string_literal: true

require 'aws-sdk-secretsmanager'
require 'json'

# Reads one key of a JSON secret in AWS Secrets Manager and keeps it for five minutes.
module AwsSecret
  LIFETIME_SECONDS = 300

  @kept = {}
  @lock = Mutex.new

  def self.read(name, key)
    @lock.synchronize do
      now = Process.clock_gettime(Process::CLOCK_MONOTONIC)
      values, until_ = @kept[name]
      if values.nil? || until_ < now
        @client ||= Aws::SecretsManager::Client.new
        values = JSON.parse(@client.get_secret_value(secret_id: name).secret_string)
        @kept[name] = [values, now + LIFETIME_SECONDS]
      end
      values[key] || raise(KeyError, "secret #{name}: has no key #{key}")
    end
  end
end
`;

const PHP_HELPER = `<?php

use Aws\\SecretsManager\\SecretsManagerClient;

/** Reads one key of a JSON secret in AWS Secrets Manager and keeps it for five minutes. */
final class AwsSecret
{
    private const LIFETIME_SECONDS = 300;

    /** @var array<string, array{array<string, string>, int}> */
    private static array $kept = [];
    private static ?SecretsManagerClient $client = null;

    public static function read(string $name, string $key): string
    {
        if (!isset(self::$kept[$name]) || self::$kept[$name][1] < time()) {
            self::$client ??= new SecretsManagerClient(['version' => '2017-10-17']);
            $text = self::$client->getSecretValue(['SecretId' => $name])['SecretString'];
            self::$kept[$name] = [json_decode($text, true, 8, JSON_THROW_ON_ERROR), time() + self::LIFETIME_SECONDS];
        }
        return self::$kept[$name][0][$key] ?? throw new RuntimeException("secret {$name}: has no key {$key}");
    }
}
`;

const ruby = ({ name, jsonKey }: SecretTarget): string =>
  `AwsSecret.read(${quoteSingle(name)}, ${quoteSingle(jsonKey)})`;
const php = ({ name, jsonKey }: SecretTarget): string =>
  `\\AwsSecret::read(${quoteSingle(name)}, ${quoteSingle(jsonKey)})`;

function editRuby(file: SourceFile, value: Stretch, target: SecretTarget): MechanicalEdit | Refusal {
  const literal = findLiteral(file, value, ["'", '"']);
  if (isRefusal(literal)) return literal;
  if (/^\s*#/.test(literal.before)) return { refused: 'it stands in a comment: delete it' };
  if (/["']\s*\\?$|<<\s*$/.test(literal.before) || /^\s*["'\\]/.test(literal.after))
    return { refused: 'several strings are joined there' };
  const { text } = file;
  let at = 0;
  for (;;) {
    const skip = /^(?:#[^\n]*\n|\s*\n(?=#|\s*require)|require(?:_relative)?\b[^\n]*\n)/.exec(text.slice(at));
    if (!skip) break;
    at += skip[0].length;
  }
  const line = "require_relative 'aws_secret'";
  return {
    edits: [
      ...(text.includes(line) ? [] : [insertLines(text, at, [line])]),
      { start: literal.start, end: literal.end, replacement: ruby(target) },
    ],
    helper: { path: `${folderOf(file.path)}aws_secret.rb`, text: RUBY_HELPER },
  };
}

function editPhp(file: SourceFile, value: Stretch, target: SecretTarget): MechanicalEdit | Refusal {
  const { text } = file;
  const opening = /^(?:#![^\n]*\n)?<\?php\b[^\n]*\n/.exec(text);
  if (!opening) return { refused: 'the file does not open with <?php' };
  const literal = findLiteral(file, value, ["'", '"']);
  if (isRefusal(literal)) return literal;
  if (/^\s*(?:\/\/|\*|\/\*|#)/.test(literal.before)) return { refused: 'it stands in a comment: delete it' };
  const blocks = findOpenBlocks(text, literal.start, true);
  if (!blocks) return { refused: 'the code around it could not be read with certainty' };
  const isMember = blocks.some(
    ({ bracket, opener }) => bracket === '{' && /\b(?:class|interface|trait|enum)\b[^{}()]*$/.test(opener),
  );
  const isInFunction = blocks.some(({ bracket, opener }) => bracket === '{' && /\)\s*(?::\s*[\w?|\\]+)?$/.test(opener));
  if (
    (isMember && !isInFunction) ||
    /\b(?:const|static|public|private|protected|var|case)\b[^;]*$/.test(literal.before) ||
    /\bfunction\b[^{]*$/.test(literal.before)
  )
    return { refused: 'a constant or property cannot call a function: set it in the constructor' };
  let at = opening[0].length;
  for (;;) {
    const skip =
      /^(?:\s*\/\*[\s\S]*?\*\/[ \t]*\r?\n|\s*(?:\/\/|#)[^\n]*\n|\s*declare\s*\([^)]*\)\s*;[^\n]*\n|\s*namespace\s+[\w\\]+\s*;[^\n]*\n|\s*use\s+[^;()]+;[^\n]*\n)/.exec(
        text.slice(at),
      );
    if (!skip) break;
    at += skip[0].length;
  }
  if (text.charAt(at - 1) !== '\n') at = nextLineStart(text, at);
  const line = "require_once __DIR__ . '/AwsSecret.php';";
  return {
    edits: [
      ...(text.includes(line) ? [] : [insertLines(text, at, [line])]),
      { start: literal.start, end: literal.end, replacement: php(target) },
    ],
    helper: { path: `${folderOf(file.path)}AwsSecret.php`, text: PHP_HELPER },
  };
}

export const RUBY: LanguagePack = {
  id: 'ruby',
  label: 'Ruby',
  fits: ({ path }) => /\.(?:rb|rake)$/i.test(path) || /(?:^|\/)(?:Rakefile|Gemfile|Capfile)$/.test(path),
  edit: editRuby,
  snippet: (target) => ({ fence: 'ruby', code: `${RUBY_HELPER}\n# Where the value was:\nvalue = ${ruby(target)}` }),
  packages: ['bundle add aws-sdk-secretsmanager'],
  notes: ['AWS has no cache for Ruby: the helper keeps values for five minutes.'],
};

export const PHP: LanguagePack = {
  id: 'php',
  label: 'PHP',
  fits: ({ path }) => /\.(?:php|phtml|inc)$/i.test(path),
  edit: editPhp,
  snippet: (target) => ({ fence: 'php', code: `${PHP_HELPER}\n// Where the value was:\n$value = ${php(target)};` }),
  packages: ['composer require aws/aws-sdk-php'],
  notes: [
    'AWS has no cache for PHP. The helper keeps values while the process lives; under PHP-FPM add APCu to share them.',
  ],
};
