// What becomes of each secret: the inventory of SEC02-BP03. Decides by rule, place and what the vault shows; says why.
import type { RuleInfo } from '../model/rule.ts';
import type { VaultEntry } from '../model/vault.ts';
import { pathKind } from '../util/path-kind.ts';
import type { Clues } from './clues.ts';
import type { Disposition } from './plan.ts';

export interface Classification {
  readonly disposition: Disposition;
  readonly why: string;
  readonly temporary: string | undefined;
}

const RDS_HOST = /\.rds\.amazonaws\.com(?:\.cn)?$/i;
const MASTER_USER = /^(?:admin|root|master|postgres|sa|dbadmin|rdsadmin)$/i;

/** A database of RDS: IAM authentication can replace its passwords. */
export function findRdsHost(clues: Clues): string | undefined {
  return clues.hosts.find((host) => RDS_HOST.test(host));
}

const isWorkflow = (path: string): boolean =>
  /(?:^|\/)(?:\.github\/workflows\/|\.gitlab-ci|\.circleci\/|azure-pipelines|bitbucket-pipelines|Jenkinsfile|\.buildkite\/)/.test(
    path,
  );

export function classify(clues: Clues, info: RuleInfo | undefined, entry: VaultEntry | undefined): Classification {
  const rule = clues.ruleId;
  const temporary = info?.temporary;
  const inCi = clues.paths.length > 0 && clues.paths.every(isWorkflow);
  if (rule === 'aws.temporary-access-key-id' || rule === 'aws.session-token') {
    return {
      disposition: 'delete',
      why: 'a session of a role ends on its own: take the lines out, revoke the sessions of the role if it may still run',
      temporary,
    };
  }
  if (clues.provider === 'aws' && clues.kind === 'access-key') {
    const by = inCi
      ? 'a role that the pipeline takes by OpenID Connect'
      : 'a role of the machine, task or function; IAM Identity Center for people; IAM Roles Anywhere outside of AWS';
    return {
      disposition: 'replace',
      why: 'keys of AWS need no place in a vault: the SDKs find a role by themselves',
      temporary: `Use ${by}.`,
    };
  }
  if (entry?.owningService !== undefined) {
    return {
      disposition: 'managed',
      why: `${entry.owningService} owns the entry and rotates it: read it from there, never write to it`,
      temporary,
    };
  }
  const rds = findRdsHost(clues);
  if (rds !== undefined && clues.users.some((user) => MASTER_USER.test(user))) {
    return {
      disposition: 'managed',
      why: 'it is the master password of a database of RDS: let RDS keep and rotate it (--manage-master-user-password)',
      temporary: 'For applications: IAM database authentication, a token of 15 minutes in place of a password.',
    };
  }
  if (clues.paths.length > 0 && clues.paths.every((path) => pathKind(path) === 'test' || pathKind(path) === 'docs')) {
    return {
      disposition: 'delete',
      why: 'only tests or documents hold it: put a made-up value there; if it ever was real, revoke it',
      temporary,
    };
  }
  if (inCi && clues.provider !== undefined && temporary !== undefined) {
    return { disposition: 'replace', why: 'a pipeline can get credentials that live as long as the job', temporary };
  }
  if (rds !== undefined) {
    return {
      disposition: 'store',
      why: 'a password that an application needs',
      temporary: 'IAM database authentication: a token of 15 minutes in place of the password.',
    };
  }
  return {
    disposition: 'store',
    why:
      temporary === undefined
        ? 'a value that an application needs'
        : 'a value that an application needs until a temporary one replaces it',
    temporary,
  };
}
