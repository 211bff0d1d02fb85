// All offline checks by name. Importing this builds no table: tables and node:crypto are made or loaded by the check that
// needs them, on its first call.
import { awsBedrockKey } from './aws-bedrock-key.ts';
import { awsAccessKeyId, awsSessionToken } from './aws-key-id.ts';
import { azureCask, azureCaskLegacy } from './azure-cask.ts';
import { azureDevopsPat } from './azure-devops-pat.ts';
import { azureIdentifiable } from './azure-identifiable.ts';
import { base58checkWif, base58checkXprv } from './base58check.ts';
import { chiefCrc32, datadogPat, polarCrc32, vercelCrc32 } from './base62-crc.ts';
import { basicAuth } from './basic-auth.ts';
import { ageKey, nostrKey, suiKey } from './bech32-keys.ts';
import { bip39 } from './bip39.ts';
import { discordBot, telegramBot } from './bot-tokens.ts';
import type { Check } from './check.ts';
import { natsNkey, stellarSeed } from './crc16-seeds.ts';
import { entraSecret } from './entra-secret.ts';
import { gcpServiceAccount } from './gcp-service-account.ts';
import { githubCrc32, githubFineGrained } from './github.ts';
import { gitlabRoutable } from './gitlab-routable.ts';
import { atlassianCrc32, cloudflareCrc32, grafanaCrc32, zuploCrc32 } from './hex-crc.ts';
import { jenkinsSecret } from './jenkins-secret.ts';
import { jfrogReference } from './jfrog-reference.ts';
import {
  cloudflareTunnel,
  grafanaCloud,
  grafanaLegacy,
  mapboxToken,
  onepasswordOps,
  sentryOrg,
} from './json-tokens.ts';
import { jwk } from './jwk.ts';
import { jwt } from './jwt.ts';
import { ed25519Pair, secp256k1Key } from './key-pairs.ts';
import { ngrokKsuid } from './ngrok-ksuid.ts';
import { openaiKey } from './openai-key.ts';
import { atlassianDcToken, clerkPublishable, intercomToken, workosKey } from './packed-text.ts';
import { pgpArmour } from './pgp-armour.ts';
import { privateKey } from './private-key.ts';
import { pypiMacaroon } from './pypi-macaroon.ts';
import { base64url32, wireguardKey } from './raw-keys.ts';
import { confluentCrc32, cratesTrustpub, elasticCloud } from './short-tails.ts';
import { vaultHvs } from './vault-hvs.ts';

const ALL: readonly Check[] = [
  awsBedrockKey,
  awsAccessKeyId,
  awsSessionToken,
  azureCaskLegacy,
  azureCask,
  azureDevopsPat,
  azureIdentifiable,
  base58checkWif,
  base58checkXprv,
  vercelCrc32,
  polarCrc32,
  chiefCrc32,
  datadogPat,
  basicAuth,
  ageKey,
  nostrKey,
  suiKey,
  bip39,
  telegramBot,
  discordBot,
  natsNkey,
  stellarSeed,
  entraSecret,
  gcpServiceAccount,
  githubCrc32,
  githubFineGrained,
  gitlabRoutable,
  cloudflareCrc32,
  zuploCrc32,
  grafanaCrc32,
  atlassianCrc32,
  jenkinsSecret,
  jfrogReference,
  onepasswordOps,
  cloudflareTunnel,
  grafanaLegacy,
  grafanaCloud,
  sentryOrg,
  mapboxToken,
  jwk,
  jwt,
  ed25519Pair,
  secp256k1Key,
  ngrokKsuid,
  openaiKey,
  atlassianDcToken,
  intercomToken,
  clerkPublishable,
  workosKey,
  pgpArmour,
  privateKey,
  pypiMacaroon,
  wireguardKey,
  base64url32,
  cratesTrustpub,
  confluentCrc32,
  elasticCloud,
  vaultHvs,
];

/** What `check:` in rule files and `{{name:argument}}` in examples can name. */
export const CHECKS: ReadonlyMap<string, Check> = new Map(ALL.map((check) => [check.name, check]));
