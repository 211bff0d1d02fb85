// What people call things in names of entries and in code: short forms, other words for the same service or kind. Made from
// common practice, and not from the cases of fixtures/matching.
import { describe, expect, it } from 'vitest';
import type { Clues } from '../../src/plan/clues.ts';
import { findPathEnvironment, isEnvironmentWord } from '../../src/plan/environments.ts';
import { createMatcher } from '../../src/plan/match-entries.ts';
import { makeEntry } from './large-index.ts';

const SLASHED = createMatcher({
  entries: [
    'prod/payments-svc/stripe-key',
    'prod/payments-svc/pg-password',
    'prod/orders-svc/pg-password',
    'staging/payments-svc/pg-password',
    'prod/orders-svc/rmq-password',
    'prod/search-svc/es-password',
    'prod/notifications-svc/sendgrid-key',
    'prod/notifications-svc/twilio-token',
    'prod/ci/gl-token',
    'prod/ci/gh-token',
    'prod/ci/jfrog-token',
    'prod/recs-svc/redis-auth',
    'prod/dwh/sf-password',
    'prod/obs/dd-api-key',
    'qa2/orders-svc/pg-password',
    'prod/cart-svc/mongo-uri',
    'prod/delivery-svc/maps-key',
    'prod/recon-job/sftp-password',
    'prod/evt-bus/kafka-password',
    'prod/accounts-svc/jwt-signing-key',
  ].map((name) => makeEntry(name)),
});
const CAMEL = createMatcher({
  entries: [
    'ProdBillingDbPassword',
    'ProdBillingApiKey',
    'DevBillingDbPassword',
    'UatBillingDbPassword',
    'ProdMsgQueueCredentials',
    'ProdCatalogOpenSearchPassword',
    'ProdZendeskToken',
    'ProdIdentityOktaClientSecret',
    'ProdHrWorkdayPassword',
    'ProdReportingBigqueryServiceAccount',
  ].map((name) => makeEntry(name)),
});

function cluesOf(variable: string, path: string, environment: string, provider?: string): Clues {
  return {
    ruleId: 'generic.secret',
    provider,
    kind: undefined,
    jsonKeys: [],
    variables: [variable],
    keyPaths: [],
    paths: [path],
    hosts: [],
    databases: [],
    users: [],
    engines: [],
    mentions: [],
    accounts: [],
    beside: [],
    regions: [],
    environment,
    project: undefined,
  };
}

describe('names with slashes and short forms', () => {
  it.each([
    ['POSTGRES_PASSWORD', 'services/payments/config/production.yml', 'prod/payments-svc/pg-password'],
    ['DATABASE_PASSWORD', 'services/order-service/.env.production', 'prod/orders-svc/pg-password'],
    ['RABBITMQ_DEFAULT_PASS', 'orders/docker-compose.prod.yml', 'prod/orders-svc/rmq-password'],
    ['MQ_PASSWORD', 'orders/settings.py', 'prod/orders-svc/rmq-password'],
    ['ELASTIC_PASSWORD', 'search/prod.env', 'prod/search-svc/es-password'],
    ['opensearchPassword', 'apps/search/values-prod.yaml', 'prod/search-svc/es-password'],
    ['ARTIFACTORY_TOKEN', 'build.gradle', 'prod/ci/jfrog-token'],
    ['REDIS_AUTH', 'recommendations/app.properties', 'prod/recs-svc/redis-auth'],
    ['SNOWFLAKE_PASSWORD', 'etl/load.py', 'prod/dwh/sf-password'],
    ['MONGODB_URI', 'basket/config.js', 'prod/cart-svc/mongo-uri'],
    ['GOOGLE_MAPS_API_KEY', 'courier/index.ts', 'prod/delivery-svc/maps-key'],
    ['SFTP_PASS', 'reconciliation/job.py', 'prod/recon-job/sftp-password'],
    ['KAFKA_SASL_PASSWORD', 'event-bus/app.yml', 'prod/evt-bus/kafka-password'],
    ['JWT_SECRET', 'services/account/auth.ts', 'prod/accounts-svc/jwt-signing-key'],
    ['GITLAB_TOKEN', '.gitlab-ci.yml', 'prod/ci/gl-token', 'gitlab'],
    ['GITHUB_TOKEN', 'scripts/release.sh', 'prod/ci/gh-token', 'github'],
    ['DATADOG_API_KEY', 'infra/agent.yml', 'prod/obs/dd-api-key', 'datadog'],
  ])('%s in %s: %s', (variable, path, name, provider?: string) => {
    const { matches, ties } = SLASHED.match(cluesOf(variable, path, 'production', provider));
    expect([matches[0]?.entry.name, ties]).toEqual([name, []]);
  });

  it('a number behind the environment is no part of it', () => {
    const { matches } = SLASHED.match(cluesOf('PGPASSWORD', 'deploy/qa2/orders.env', 'quality'));
    expect(matches[0]?.entry.name).toBe('qa2/orders-svc/pg-password');
    expect(['qa1', 'uat2', 'dev10'].map(isEnvironmentWord)).toEqual([true, true, true]);
    expect(['s3', 'h2', 'qa123'].map(isEnvironmentWord)).toEqual([false, false, false]);
  });

  it('a short form that could mean something else makes nothing sure by itself', () => {
    const { match } = createMatcher({
      entries: ['prod/sf-password', 'prod/mailer-key'].map((name) => makeEntry(name)),
    });
    const { level, matches } = match(cluesOf('SNOWFLAKE_PASSWORD', 'etl/load.py', 'production'));
    expect([level, matches[0]?.entry.name]).toEqual(['likely', 'prod/sf-password']);
  });

  it('nothing is sure when the name says something that the code does not', () => {
    const { match } = createMatcher({
      entries: ['prod/orders-readmodel/pg-password', 'prod/mailer/api-key'].map((name) => makeEntry(name)),
    });
    const { level, matches } = match(cluesOf('POSTGRES_PASSWORD', 'orders/config.yml', 'production'));
    expect([level, matches[0]?.entry.name]).toEqual(['likely', 'prod/orders-readmodel/pg-password']);
  });

  it.each([
    ['ORACLE_PASSWORD', 'legacy/x.properties'],
    ['PAGERDUTY_KEY', 'ops/alerts.yml'],
    ['OPENAI_API_KEY', 'assistant/chat.py'],
  ])('%s has no entry', (variable, path) => {
    expect(SLASHED.match(cluesOf(variable, path, 'production')).level).toBe('none');
  });
});

describe('names in one word', () => {
  it.each([
    ['billing.db.pwd', 'billing/src/main/resources/application-prod.properties', 'production', 'ProdBillingDbPassword'],
    ['DB_PASS', 'billing/uat.env', 'acceptance', 'UatBillingDbPassword'],
    ['AMQP_PASSWORD', 'messaging/worker.rb', 'production', 'ProdMsgQueueCredentials'],
    ['ES_PASSWORD', 'catalog/app.py', 'production', 'ProdCatalogOpenSearchPassword'],
    ['ZD_TOKEN', 'support/sync.py', 'production', 'ProdZendeskToken'],
    ['OKTA_CLIENT_SECRET', 'identity/okta.ts', 'production', 'ProdIdentityOktaClientSecret'],
    ['wdayPassword', 'people/import.cs', 'production', 'ProdHrWorkdayPassword'],
    ['BQ_SERVICE_ACCOUNT', 'reports/export.go', 'production', 'ProdReportingBigqueryServiceAccount'],
  ])('%s in %s (%s): %s', (variable, path, environment, name) => {
    const { matches, ties } = CAMEL.match(cluesOf(variable, path, environment));
    expect([matches[0]?.entry.name, ties]).toEqual([name, []]);
  });
});

it.each([
  ['Shop/Web.Release.config', 'production'],
  ['Shop/App.Debug.config', 'development'],
  ['Shop/Web.config', undefined],
  ['deploy/staging/Web.Release.config.txt', 'staging'],
])('environment of %s: %s', (path, environment) => {
  expect(findPathEnvironment(path)).toBe(environment);
});
