import { defineConfig } from 'vite';

/** One minified ES module with everything in it. */
export default defineConfig({
  build: {
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'stoa-sdk.js' },
    // A library build leaves white space unless told so.
    rolldownOptions: { output: { minify: true } },
    target: 'es2022',
    sourcemap: true,
    emptyOutDir: false,
  },
});
