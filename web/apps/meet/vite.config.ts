import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Any port works, as the server serves the built files under its own origin. */
const server = process.env.STOA_SERVER ?? 'http://localhost:8080';

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    target: 'es2022',
    // Old enough that `light-dark()` is translated.
    cssTarget: ['chrome111', 'firefox115', 'safari16.4'],
    assetsDir: 'assets',
  },
  server: {
    proxy: {
      '/v2': { target: server, ws: true },
      '/init': { target: server },
    },
  },
});
