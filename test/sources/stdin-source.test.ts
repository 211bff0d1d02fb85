import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createStdinSource } from '../../src/sources/stdin-source.ts';
import { collect } from './collect.ts';

describe('the standard input source', () => {
  it('hands on the stream under its name', async () => {
    const input = Readable.from([Buffer.from('a'), Buffer.from('b')]);
    const source = createStdinSource({ input, root: '/somewhere', name: 'config/.env' });
    const { targets, problems } = await collect(source);
    expect([source.mode, source.root, source.subject, problems]).toEqual(['stdin', '/somewhere', 'config/.env', []]);
    expect(targets).toEqual([{ kind: 'stream', origin: { kind: 'stdin', path: 'config/.env' }, chunks: input }]);
  });

  it('has a name when none is given', async () => {
    expect((await collect(createStdinSource({ input: Readable.from([]), root: '/' }))).paths).toEqual(['stdin']);
  });

  it('refuses a terminal', () => {
    const input = Object.assign(Readable.from([]), { isTTY: true });
    expect(() => createStdinSource({ input, root: '/' })).toThrow(
      'standard input is a terminal; pipe the text in: some-command | unleak stdin',
    );
  });
});
