import { appendFileSync, chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { findLooseObject, readLooseObject } from '../../src/git/loose-object.ts';
import { listObjectDirectories } from '../../src/git/object-directories.ts';
import { type BlobReading, readBlobs } from '../../src/git/object-reader.ts';
import { RandomText } from '../../src/util/random-text.ts';
import {
  hasSha256,
  makeFolder,
  makeRepository,
  makeRepositoryAt,
  removeFolders,
  type TestRepository,
  testEnvironment,
} from '../support/git-repository.ts';

afterAll(removeFolders);

const objectsOf = (repository: TestRepository) => join(repository.path, '.git', 'objects');

function read(repository: TestRepository, ids: readonly string[], extra: Partial<BlobReading> = {}): string[] {
  const reading: BlobReading = {
    cwd: repository.path,
    env: testEnvironment(),
    objectsDir: objectsOf(repository),
    maxBytes: 1 << 20,
    ...extra,
  };
  return [...readBlobs(ids, reading)].map((result) => {
    if (result.kind === 'blob') return `blob ${result.bytes.toString('latin1')}`;
    return result.kind === 'too-large' ? `too-large ${result.sizeBytes}` : result.kind;
  });
}

function store(repository: TestRepository, content: string): string {
  return repository.tryGit(['hash-object', '-w', '--stdin'], { input: content }).stdout.trim();
}

/** An environment in which git cannot be found: what is read then was read without it. */
const WITHOUT_GIT = { env: { PATH: '/nowhere' } };

describe('readBlobs', () => {
  it('reads loose objects without git, in the order asked for', () => {
    const repository = makeRepository();
    const ids = ['b\n', '', 'a\0\n'].map((content) => store(repository, content));
    expect(read(repository, [...ids, ids[0] as string], WITHOUT_GIT)).toEqual([
      'blob b\n',
      'blob ',
      'blob a\0\n',
      'blob b\n',
    ]);
  });

  it('reads packed, loose and missing ones together', () => {
    const repository = makeRepository();
    repository.write('x', 'x\n');
    repository.commitAll('one');
    repository.git('repack', '-adq');
    const packed = repository.git('rev-parse', 'HEAD:x');
    const loose = store(repository, 'loose\n');
    const tree = repository.git('rev-parse', 'HEAD^{tree}');
    const ids = [loose, packed, 'f'.repeat(40), tree, packed.slice(0, 10), 'no id', loose];
    const expected = ['blob loose\n', 'blob x\n', 'missing', 'not-a-blob', 'blob x\n', 'missing', 'blob loose\n'];
    expect(read(repository, ids)).toEqual(expected);
    expect(read(repository, ids, { objectsDir: undefined })).toEqual(expected);
    expect(read(repository, ids, { objectsDir: '/nowhere' })).toEqual(expected);
  });

  it('bounds what it reads, loose or packed', () => {
    const repository = makeRepository();
    const ids = [
      store(repository, 'x'.repeat(1001)),
      store(repository, 'y'.repeat(1000)),
      store(repository, new RandomText(1).text('base64', 5000)),
    ];
    const expected = ['too-large 1001', `blob ${'y'.repeat(1000)}`, 'too-large 5000'];
    expect(read(repository, ids, { maxBytes: 1000 })).toEqual(expected);
    repository.tryGit(['pack-objects', '-q', join(objectsOf(repository), 'pack', 'pack')], { input: ids.join('\n') });
    repository.git('prune-packed');
    expect(read(repository, ids, { maxBytes: 1000 })).toEqual(expected);
  });

  it('reads more than one group', () => {
    const repository = makeRepository();
    const contents = Array.from({ length: 300 }, (_, i) => (i % 60 === 0 ? `${i} `.repeat(2_000_000) : `${i}\n`));
    const ids = contents.map((content) => store(repository, content));
    expect(read(repository, ids, { maxBytes: 1 << 24 }).map((text) => text.slice(5, 12))).toEqual(
      contents.map((text) => text.slice(0, 7)),
    );
  });

  it('asks git about damaged and lying loose objects', () => {
    const repository = makeRepository();
    const id = store(repository, 'sound\n');
    const file = join(objectsOf(repository), id.slice(0, 2), id.slice(2));
    chmodSync(file, 0o644);
    const damages = [
      Buffer.from('no zlib'),
      deflateSync('blob 99\0sound\n'),
      deflateSync('tree 6\0sound\n'),
      deflateSync('blob 6'),
      deflateSync('blob 6\0sound\n').subarray(0, 9),
      Buffer.alloc(0),
    ];
    for (const damage of damages) {
      writeFileSync(file, damage);
      const object = findLooseObject(id, [objectsOf(repository)]);
      expect(object && readLooseObject(object, 'blob', 1000)).toBeUndefined();
      expect(read(repository, [id])).not.toEqual(['blob sound\n']);
    }
    rmSync(file);
    expect(findLooseObject(id, [objectsOf(repository)])).toBeUndefined();
    expect(read(repository, [id])).toEqual(['missing']);
  });

  it('follows alternates: from the file, of alternates, relative, and from the environment', () => {
    const [own, near, far, given] = [makeRepository(), makeRepository(), makeRepository(), makeRepository()];
    const ids = [own, near, far, given].map((repository, i) => store(repository, `in ${i}\n`));
    const alternates = (repository: TestRepository) => join(objectsOf(repository), 'info', 'alternates');
    appendFileSync(alternates(own), `# a comment\n../../../${near.path.split('/').pop()}/.git/objects\n`);
    appendFileSync(alternates(near), `${objectsOf(far)}\n${objectsOf(own)}\n`);
    const env = { PATH: '/nowhere', GIT_ALTERNATE_OBJECT_DIRECTORIES: objectsOf(given) };
    expect(listObjectDirectories(objectsOf(own), own.path, env)).toEqual([own, near, far, given].map(objectsOf));
    expect(read(own, ids, { env })).toEqual(['blob in 0\n', 'blob in 1\n', 'blob in 2\n', 'blob in 3\n']);
  });

  it('does not fetch what a partial clone lacks', () => {
    const origin = makeRepository();
    origin.write('x', 'only at the origin\n');
    origin.commitAll('one');
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const folder = join(makeFolder(), 'clone');
    origin.git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${origin.path}`, folder);
    const clone = makeRepositoryAt(folder);
    expect(read(clone, [origin.git('rev-parse', 'HEAD:x')])).toEqual(['missing']);
    expect(clone.git('cat-file', '--batch-all-objects', '--batch-check=%(objecttype)')).not.toContain('blob');
  });

  it('reads the object itself, not its replacement', () => {
    const repository = makeRepository();
    const [real, shown] = [store(repository, 'real\n'), store(repository, 'shown\n')];
    repository.git('replace', real, shown);
    expect(read(repository, [real], { objectsDir: undefined })).toEqual(['blob real\n']);
  });

  it.skipIf(!hasSha256())('reads SHA-256 repositories', () => {
    const repository = makeRepository('--object-format=sha256');
    const id = store(repository, 'long id\n');
    expect(id).toHaveLength(64);
    expect(read(repository, [id], WITHOUT_GIT)).toEqual(['blob long id\n']);
    expect(read(repository, [id], { objectsDir: undefined })).toEqual(['blob long id\n']);
  });

  it('says when git is missing and needed', () => {
    const repository = makeRepository();
    mkdirSync(join(repository.path, 'bin'));
    expect(() => read(repository, ['f'.repeat(40)], WITHOUT_GIT)).toThrow(/^git was not found/);
  });
});
