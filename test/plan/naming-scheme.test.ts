// The scheme that an index shows, and the names that are proposed in it.
import { expect, it } from 'vitest';
import type { Clues } from '../../src/plan/clues.ts';
import { proposeName, readNamingScheme } from '../../src/plan/naming-scheme.ts';
import { makeEntry } from './large-index.ts';

const CLUES: Clues = {
  ruleId: 'generic.api-key',
  provider: undefined,
  kind: 'api-token',
  jsonKeys: ['apiKey'],
  variables: ['WEATHER_API_KEY'],
  keyPaths: [],
  paths: ['services/forecast/src/app.py'],
  hosts: [],
  databases: [],
  users: [],
  engines: [],
  mentions: [],
  accounts: [],
  beside: [],
  regions: [],
  environment: 'staging',
  project: 'shop',
};

const propose = (names: readonly string[], clues: Partial<Clues> = {}, sibling?: string): string =>
  proposeName({ ...CLUES, ...clues }, readNamingScheme(names.map((name) => makeEntry(name))), new Set(names), sibling)
    .name;

it.each([
  [[], 'staging/forecast/weather-api-key'],
  [['prod/orders/db', 'staging/orders/db', 'prod/cart/stripe-key'], 'staging/forecast/weather-api-key'],
  [
    ['acme/prd/orders/db', 'acme/stg/orders/db', 'acme/prd/cart/key', 'acme/prd/x/y'],
    'acme/stg/forecast/weather-api-key',
  ],
  [
    [
      '/shop/production/DATABASE_URL',
      '/shop/staging/DATABASE_URL',
      '/shop/production/API_KEY',
      '/shop/staging/REDIS_URL',
    ],
    '/shop/staging/FORECAST/WEATHER_API_KEY',
  ],
  [['orders-db-password-prd', 'orders-db-password-stg', 'cart-api-key-prd'], 'forecast-weather-api-key-stg'],
  [['ordersDbPassword', 'cartApiKey'], 'forecast/weatherApiKey'],
  [['rds!db-1'], 'staging/forecast/weather-api-key'],
])('in the way of %j', (names, wanted) => {
  expect(propose(names)).toBe(wanted);
});

it('takes the name of another environment with the environment changed, and no name that is taken', () => {
  expect(propose(['prod/weather/key', 'stg/a/b', 'prod/a/b'], {}, 'prod/weather/key')).toBe('stg/weather/key');
  expect(propose(['staging/forecast/weather-api-key', 'prod/a/b'])).toBe('staging/forecast/weather-api-key-2');
});

it('never ends in a hyphen and six characters, as ARNs do, and has no sign that AWS refuses', () => {
  expect(propose([], { variables: ['the_secret'] })).toBe('staging/forecast/the-secret-value');
  expect(propose([], { paths: ['a b/ü$/x.py'], variables: ['K€Y'] })).toMatch(/^[\w/+=.@-]+$/);
});
