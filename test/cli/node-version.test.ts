import { expect, test } from 'vitest';
import { findNodeFault } from '../../src/cli/node-version.ts';

test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0', '100.0.0'])('runs on %s', (version) => {
  expect(findNodeFault(version)).toBeUndefined();
});

test.each(['0.12.18', '14.21.3', '18.20.8', '19.9.0', '20.0.0', '20.18.3'])('refuses %s', (version) => {
  expect(findNodeFault(version)).toBe(
    `Node ${version} is too old; install Node 20.19 or newer and see that PATH names it`,
  );
});
