import { defineConfig } from 'vitest/config';

/** Files run one after the other: they share two cores with the server and the browsers. */
export default defineConfig({
  test: {
    name: 'e2e',
    include: ['test/*.test.ts'],
    globalSetup: ['harness/suite.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    reporters: ['verbose'],
  },
});
