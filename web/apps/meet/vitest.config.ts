import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { name: 'meet', include: ['test/**/*.test.ts'], environment: 'node' },
});
