// How results travel from a worker to the main thread: structured clone loses the Secret class, so values are taken out
// and put back. The only place besides reporters where a value is revealed; it never leaves the process.
import type { SecretPart } from '../model/finding.ts';
import { Secret, type SecretKind } from '../model/secret.ts';
import type { LocatedDetection, ScanResult } from './located.ts';

export interface WireSecret {
  readonly value: string;
  readonly kind: SecretKind;
}

/** What holds values in a detection. */
interface Values {
  readonly secret: Secret;
  readonly parts: readonly SecretPart[];
}

export interface WireValues {
  readonly secret: WireSecret;
  readonly parts: readonly (Omit<SecretPart, 'secret'> & { readonly secret: WireSecret })[];
}

type WireDetection = Omit<LocatedDetection, keyof Values> & WireValues;
export type WireResult = Omit<ScanResult, 'located'> & { readonly located: readonly WireDetection[] };

export const packSecret = (secret: Secret): WireSecret => ({ value: secret.reveal(), kind: secret.kind });
export const unpackSecret = ({ value, kind }: WireSecret): Secret => new Secret(value, kind);

export function packValues({ secret, parts }: Values): WireValues {
  return {
    secret: packSecret(secret),
    parts: parts.map((part) => ({ ...part, secret: packSecret(part.secret) })),
  };
}

export function unpackValues({ secret, parts }: WireValues): Values {
  return {
    secret: unpackSecret(secret),
    parts: parts.map((part) => ({ ...part, secret: unpackSecret(part.secret) })),
  };
}

export function packResult(result: ScanResult): WireResult {
  return { ...result, located: result.located.map((d) => ({ ...d, ...packValues(d) })) };
}

export function unpackResult(result: WireResult): ScanResult {
  return { ...result, located: result.located.map((d) => ({ ...d, ...unpackValues(d) })) };
}
