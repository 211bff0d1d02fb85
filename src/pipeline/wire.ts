// How results travel from a worker to the main thread: structured clone loses the Secret class, so values are taken out
// and put back. The only place besides reporters where a value is revealed; it never leaves the process.
import { Secret, type SecretKind } from '../model/secret.ts';
import type { LocatedDetection, ScanResult } from './located.ts';

interface WireSecret {
  readonly value: string;
  readonly kind: SecretKind;
}

type WirePart = Omit<LocatedDetection['parts'][number], 'secret'> & { readonly secret: WireSecret };
type WireDetection = Omit<LocatedDetection, 'secret' | 'parts'> & {
  readonly secret: WireSecret;
  readonly parts: readonly WirePart[];
};
export type WireResult = Omit<ScanResult, 'located'> & { readonly located: readonly WireDetection[] };

const pack = (secret: Secret): WireSecret => ({ value: secret.reveal(), kind: secret.kind });
const unpack = ({ value, kind }: WireSecret): Secret => new Secret(value, kind);

export function packResult(result: ScanResult): WireResult {
  return {
    ...result,
    located: result.located.map((d) => ({
      ...d,
      secret: pack(d.secret),
      parts: d.parts.map((part) => ({ ...part, secret: pack(part.secret) })),
    })),
  };
}

export function unpackResult(result: WireResult): ScanResult {
  return {
    ...result,
    located: result.located.map((d) => ({
      ...d,
      secret: unpack(d.secret),
      parts: d.parts.map((part) => ({ ...part, secret: unpack(part.secret) })),
    })),
  };
}
