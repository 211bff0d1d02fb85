// Which checks prove little when they pass. Apart from the registry, because the detector needs it at every start.

/**
 * Checks that random text of the right shape passes too often (more than once in a thousand) for a pass to prove
 * anything. Their failures count; a pass must not raise confidence by itself.
 */
export const WEAK_CHECKS: ReadonlySet<string> = new Set([
  'aws-access-key-id', // 9 in 10 of the new generation
  'base64url-32', // 1 in 4
  'basic-auth', // 1 in 100 of short text
  'crates-trustpub', // 1 in 62
  'ngrok-ksuid', // 1 in 2
  'secp256k1-key', // nearly all
  'telegram-bot', // 1 in 4
  'wireguard-key', // 1 in 32
]);
