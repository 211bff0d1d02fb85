// One row a decision of pathKind: names and folders, and the look-alikes that must not be caught.
import { expect, test } from 'vitest';
import { type PathKind, pathKind } from '../../src/util/path-kind.ts';

const ROWS: readonly (readonly [string, PathKind])[] = [
  ['package-lock.json', 'lock'],
  ['a/b/yarn.lock', 'lock'],
  ['go.sum', 'lock'],
  ['Cargo.lock', 'lock'],
  ['app.js.map', 'source-map'],
  ['notes.map', 'other'],
  ['static/app.min.js', 'minified'],
  ['static/jquery-3.1.min.css', 'minified'],
  ['src/admin.js', 'source'],
  ['locales/en.json', 'locale'],
  ['app/i18n/de/messages.yml', 'locale'],
  ['src/i18n/loader.py', 'source'],
  ['po/de.po', 'locale'],
  ['messages_de.properties', 'locale'],
  ['node_modules/a/index.js', 'vendor'],
  ['third_party/lib/x.c', 'vendor'],
  ['api/v1/service.pb.go', 'generated'],
  ['dist/main.js', 'generated'],
  ['test/a.ts', 'test'],
  ['src/login.test.ts', 'test'],
  ['src/LoginTest.java', 'test'],
  ['pkg/login_test.go', 'test'],
  ['test_login.py', 'test'],
  ['src/contest.ts', 'source'],
  ['src/latest/a.ts', 'source'],
  ['examples/run.py', 'example'],
  ['.env.example', 'example'],
  ['config.sample.yml', 'example'],
  ['config/default.json', 'config'],
  ['docs/setup.py', 'docs'],
  ['README.md', 'docs'],
  ['README', 'docs'],
  ['data/users.csv', 'data'],
  ['notebook.ipynb', 'data'],
  ['.env', 'config'],
  ['.env.production', 'config'],
  ['k8s/app.yaml', 'config'],
  ['Dockerfile', 'config'],
  ['src/main.rs', 'source'],
  ['Makefile', 'source'],
  ['LICENSE.rs', 'docs'],
  ['binary', 'other'],
  ['', 'other'],
];

test.each(ROWS)('%s is %s', (path, kind) => {
  expect(pathKind(path)).toBe(kind);
});
