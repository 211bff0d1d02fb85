// Everything that a scan reads from the user's files about settings, in one call. Without such files it costs a few stat
// calls: parsers and their packages are loaded only when there is something to parse.
import { dirname, relative, sep } from 'node:path';
import { ConfigError } from '../model/errors.ts';
import { describeUnread, LARGEST_SETTINGS, readRegular, readWhole } from '../util/read-whole.ts';
import { findConfigFile, findIgnoreFiles } from './find-config-file.ts';
import type { IgnoreFile } from './ignore-file.ts';
import type { ParseConfigOptions } from './parse-config.ts';
import type { LowSettings } from './settings.ts';

export interface LoadConfigOptions {
  /** Absolute folder that is scanned; paths of findings are relative to it. */
  readonly root: string;
  /** Absolute top of the repository; `root` outside of one. */
  readonly top: string;
  /** From --config or UNLEAK_CONFIG, absolute or relative to the current folder. */
  readonly configFile: string | undefined;
  readonly knownRuleIds: ParseConfigOptions['knownRuleIds'];
}

export interface LoadedConfig {
  /** The config file, absolute; undefined when there is none. */
  readonly file: string | undefined;
  readonly settings: LowSettings;
  readonly ignoreFiles: readonly IgnoreFile[];
  /** Path of `root` relative to `top`, with `/` at the end; '' when the same. For .unleakignore and the baseline. */
  readonly prefix: string;
  /** Path of `root` relative to the folder that patterns of the config file are relative to. */
  readonly configPrefix: string;
}

/** `sub/folder/` with `/`, or '' for the folder itself and for folders that do not lie in it. */
export function prefixOf(folder: string, top: string): string {
  const way = relative(top, folder).split(sep).join('/');
  return way === '' || way.startsWith('..') ? '' : `${way}/`;
}

function readText(file: string, read: typeof readRegular): string {
  try {
    return read(file, LARGEST_SETTINGS).toString('utf8');
  } catch (cause) {
    const advice = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'check the name' : 'make it a readable file';
    throw new ConfigError(`${describeUnread(cause)}; ${advice}`, { file }, { cause });
  }
}

/** The name that people see: relative to the top when inside it. */
function shownName(file: string, top: string): string {
  const way = relative(top, file);
  return way.startsWith('..') ? file : way.split(sep).join('/');
}

async function loadIgnoreFiles(options: LoadConfigOptions): Promise<readonly IgnoreFile[]> {
  const files = findIgnoreFiles(options.root, options.top);
  if (files.length === 0) return [];
  const { parseUnleakIgnore } = await import('./unleakignore.ts');
  return files.map((file) =>
    parseUnleakIgnore(readText(file, readRegular), shownName(file, options.top), prefixOf(dirname(file), options.top)),
  );
}

/**
 * Finds and reads .unleak.yml and .unleakignore.
 *
 * Patterns are relative to the folder of the file they stand in; a config file given by name (--config) is taken as if it
 * stood in the top folder.
 *
 * @throws ConfigError for a file that is named and missing, cannot be read, or has faults
 */
export async function loadConfig(options: LoadConfigOptions): Promise<LoadedConfig> {
  const file = options.configFile ?? findConfigFile(options.root, options.top);
  const base = options.configFile === undefined && file !== undefined ? dirname(file) : options.top;
  let settings: LowSettings = {};
  if (file !== undefined) {
    const { parseConfig } = await import('./parse-config.ts');
    const { knownRuleIds } = options;
    settings = await parseConfig(readText(file, options.configFile === undefined ? readRegular : readWhole), {
      file: shownName(file, options.top),
      folder: dirname(file),
      knownRuleIds,
    });
  }
  const ignoreFiles = await loadIgnoreFiles(options);
  return {
    file,
    settings,
    ignoreFiles,
    prefix: prefixOf(options.root, options.top),
    configPrefix: prefixOf(options.root, base),
  };
}
