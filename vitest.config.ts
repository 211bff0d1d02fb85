import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As the build does; a version that never changes, for expected outputs.
  define: { __UNLEAK_VERSION__: JSON.stringify('0.0.0-test') },
  test: {
    globalSetup: ['test/global-setup.ts'],
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
