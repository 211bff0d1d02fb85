// What kind of file a path names, by its name and folders alone. Used by the score of generic secrets and by the filter
// path-kind. It never opens the file. The first kind in the order of `pathKind` that fits wins.

export type PathKind =
  | 'lock' // written by a package manager: full of digests
  | 'source-map'
  | 'minified'
  | 'locale' // texts for people in several languages: "password" is a label there
  | 'vectors' // published inputs and outputs: of cryptography, of conformance suites
  | 'vendor' // other people's code, copied in
  | 'generated'
  | 'test'
  | 'example' // meant to be copied and filled in
  | 'docs'
  | 'data' // tables, notebooks, recordings
  | 'config'
  | 'source'
  | 'other';

const LOCK_NAMES = new Set(
  `package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock composer.lock gemfile.lock poetry.lock pipfile.lock
  pdm.lock uv.lock cargo.lock go.sum go.work.sum flake.lock podfile.lock packages.lock.json mix.lock pubspec.lock gradle.lockfile
  paket.lock cartfile.resolved package.resolved .terraform.lock.hcl deno.lock conan.lock chart.lock pixi.lock
  gradle-dependency-verification.xml verification-metadata.xml module.bazel.lock .unleak-baseline record sha256sums sha512sums md5sums checksums.txt`.split(
    /\s+/,
  ),
);
const LOCALE_FOLDERS = new Set([
  'locale',
  'locales',
  'i18n',
  'l10n',
  'translations',
  'lang',
  'langs',
  'languages',
  '_locales',
]);
const LOCALE_ENDINGS = new Set(['po', 'pot', 'mo', 'xlf', 'xliff', 'arb', 'resx', 'strings', 'ftl']);
/** In a locale folder only these hold texts; code beside them does not. */
const LOCALE_TEXT_ENDINGS = new Set([
  'json',
  'yml',
  'yaml',
  'properties',
  'php',
  'ts',
  'js',
  'xml',
  'toml',
  'ini',
  'csv',
]);
const VENDOR_FOLDERS = new Set(
  'node_modules vendor vendors third_party third-party thirdparty bower_components jspm_packages site-packages pods godeps'.split(
    ' ',
  ),
);
const GENERATED_FOLDERS = new Set([
  'dist',
  'build',
  'out',
  'target',
  'generated',
  '__generated__',
  'gen',
  '.next',
  '.nuxt',
  'coverage',
]);
const TEST_FOLDERS = new Set(
  `test tests __tests__ spec specs e2e testdata test-data test_data testing fixture fixtures __fixtures__ mock mocks __mocks__
  integration-tests integration_tests unittests cypress androidtest __snapshots__ testutils selftest`.split(/\s+/),
);
/** What conformance suites write down lies there: requests and answers of a server that lived for the test. */
const RECORD_FOLDERS = new Set(['certification', 'conformance', 'interop']);
const RECORD_ENDINGS = new Set(['txt', 'log', 'json', 'html', 'har', 'xml', 'out']);
/** `wycheproof`, `cryptography_vectors`, `testvectors`. */
const VECTOR_FOLDER = /(?:^|[-_]|test)vectors?$|^(?:wycheproof|acvp|cavp|nist[-_]?kat|kats?)$/;
const VECTOR_NAME = /(?:^|[-_.]|test)vectors?\.(?:json|txt|rsp|ya?ml|csv|dat|toml)$/;
const EXAMPLE_FOLDERS = new Set(
  'example examples sample samples demo demos tutorial tutorials template templates boilerplate'.split(' '),
);
const DOC_FOLDERS = new Set(['doc', 'docs', 'documentation', 'wiki', 'man', 'rfcs', 'adr']);
const DOC_ENDINGS = new Set(['md', 'mdx', 'markdown', 'rst', 'adoc', 'asciidoc', 'txt', 'tex', 'textile', 'org']);
const DATA_ENDINGS = new Set(
  'csv tsv ipynb sql jsonl ndjson parquet avro svg har geojson xlsx log warc dat dump'.split(' '),
);
const CONFIG_ENDINGS = new Set(
  `json json5 jsonc yml yaml toml ini cfg conf config properties env xml tf tfvars hcl plist cnf editorconfig npmrc pypirc netrc
  htpasswd pgpass kubeconfig credentials ovpn reg service desktop dockerfile gradle`.split(/\s+/),
);
const SOURCE_ENDINGS = new Set(
  `js mjs cjs jsx ts mts cts tsx vue svelte py pyw rb php java kt kts scala groovy go rs c h cc cpp cxx hpp hh cs fs vb swift m mm
  dart lua pl pm r jl ex exs erl hrl hs elm clj cljs ml nim zig sh bash zsh fish ps1 psm1 bat cmd awk pas sol cr coffee erb ejs
  hbs jsp aspx cshtml html htm twig proto graphql gql make cmake`.split(/\s+/),
);
const CONFIG_NAMES = new Set([
  'dockerfile',
  'docker-compose',
  'jenkinsfile',
  'vagrantfile',
  'procfile',
  'caddyfile',
  'my.cnf',
]);

const TEST_NAME = /(?:^|[._-])(?:test|tests|testcase|spec|mock|fixture|fixtures|e2e|vectors)[._-]|^conftest\.py$/;
const CAMEL_TEST_NAME = /[a-z0-9](?:Test|Tests|Spec|TestCase|Mock|IT)\.[a-z]+$/;
const EXAMPLE_NAME = /(?:^|[._-])(?:example|examples|sample|template|tmpl|tpl|dist)(?:[._-]|$)/;
const MINIFIED_NAME = /[.-](?:min|bundle|packed|umd\.prod|prod\.min)\.(?:js|mjs|cjs|css)$/;
/** The last two: types of TypeScript, and descriptions of a cloud's interfaces (`ec2-2016-11-15.examples.json`). */
const GENERATED_NAME =
  /(?:\.(?:pb|g|generated|designer|freezed)\.[a-z]+|_pb2(?:_grpc)?\.py|\.pb\.go|_generated\.[a-z]+|\.snap|\.d\.[cm]?ts|-\d{4}-\d\d-\d\d\.[a-z0-9]+\.json|(?:^|\/)(?:service|examples|paginators|waiters)-\d\.json)$/;
const LOCALE_NAME = /^(?:messages|strings|translations?)[._-][a-z]{2}(?:[_-][A-Za-z]{2,4})?\.[a-z]+$|^strings\.json$/;

/** @param path relative, with `/`; answers in a few microseconds */
export function pathKind(path: string): PathKind {
  const folders = path.toLowerCase().split('/');
  const name = folders.pop() ?? '';
  const ending = name.slice(name.lastIndexOf('.') + 1);
  const isIn = (set: ReadonlySet<string>) => folders.some((folder) => set.has(folder));

  if (LOCK_NAMES.has(name) || ending === 'lock') return 'lock';
  if (ending === 'map' && /\.(?:js|mjs|cjs|css|ts)\.map$/.test(name)) return 'source-map';
  if (MINIFIED_NAME.test(name)) return 'minified';
  if (LOCALE_ENDINGS.has(ending) || LOCALE_NAME.test(name) || (isIn(LOCALE_FOLDERS) && LOCALE_TEXT_ENDINGS.has(ending)))
    return 'locale';
  if (RECORD_ENDINGS.has(ending) && isIn(RECORD_FOLDERS)) return 'vectors';
  if (VECTOR_NAME.test(name) || (!SOURCE_ENDINGS.has(ending) && folders.some((folder) => VECTOR_FOLDER.test(folder))))
    return 'vectors';
  if (isIn(VENDOR_FOLDERS)) return 'vendor';
  if (GENERATED_NAME.test(name) || isIn(GENERATED_FOLDERS)) return 'generated';
  if (
    isIn(TEST_FOLDERS) ||
    folders.some((folder) => VECTOR_FOLDER.test(folder)) ||
    TEST_NAME.test(name) ||
    CAMEL_TEST_NAME.test(path)
  )
    return 'test';
  if (isIn(EXAMPLE_FOLDERS) || EXAMPLE_NAME.test(name)) return 'example';
  if (isIn(DOC_FOLDERS) || DOC_ENDINGS.has(ending) || /^(?:readme|changelog|history|license|notice|authors)/.test(name))
    return 'docs';
  if (DATA_ENDINGS.has(ending)) return 'data';
  if (name.startsWith('.env') || CONFIG_ENDINGS.has(ending) || CONFIG_NAMES.has(name)) return 'config';
  if (SOURCE_ENDINGS.has(ending) || name === 'makefile') return 'source';
  return 'other';
}
