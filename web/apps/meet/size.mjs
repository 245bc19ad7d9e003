import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** What a browser loads before the preview shows, in bytes after gzip. React is half of it. */
const LIMIT = 130_000;

const assets = new URL('./dist/assets/', import.meta.url);
const size = readdirSync(assets)
  .filter((name) => /^index-.*\.(js|css)$/.test(name))
  .reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, assets))).length, 0);
console.log(`apps/meet: ${size} bytes gzip before the preview shows (limit ${LIMIT})`);
if (size > LIMIT) process.exitCode = 1;
