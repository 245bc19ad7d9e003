import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'prebuilt',
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'jsdom',
    setupFiles: ['test/fakes/browser.ts'],
  },
});
