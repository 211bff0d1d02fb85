// The key of a baseline whose header says `key: external`: from UNLEAK_BASELINE_KEY, or from the file that
// UNLEAK_BASELINE_KEY_FILE names. The key itself is in no message.
import { ConfigError } from '../model/errors.ts';
import { describeUnread, LARGEST_SETTINGS, readWhole } from '../util/read-whole.ts';
import type { ExternalKey } from './baseline-file.ts';
import { keyFromHex } from './fingerprint.ts';

const FORM = '64 hexadecimal digits, such as "openssl rand -hex 32" prints';

function readKeyFile(file: string): string {
  try {
    return readWhole(file, LARGEST_SETTINGS).toString('utf8');
  } catch (cause) {
    throw new ConfigError(
      `the key file: ${describeUnread(cause)}; check UNLEAK_BASELINE_KEY_FILE`,
      { file },
      { cause },
    );
  }
}

/** Reader of the key for parseBaseline. */
export function externalKeyFrom(env: Readonly<Record<string, string | undefined>>): ExternalKey {
  return () => {
    const { UNLEAK_BASELINE_KEY: direct, UNLEAK_BASELINE_KEY_FILE: file } = env;
    if (!direct && !file) {
      throw new ConfigError(
        'the baseline keeps its key outside of the file; set UNLEAK_BASELINE_KEY or UNLEAK_BASELINE_KEY_FILE',
      );
    }
    const key = keyFromHex((direct || readKeyFile(file!)).trim());
    if (!key) throw new ConfigError(`${direct ? 'UNLEAK_BASELINE_KEY' : file}: the key must be ${FORM}`);
    return key;
  };
}
