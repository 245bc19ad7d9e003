import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** What a page may have to load for the SDK, bytes after gzip. */
const LIMIT = 35_000;

const bytes = gzipSync(readFileSync(new URL('dist/stoa-sdk.js', import.meta.url)), { level: 9 }).length;
console.log(`@stoa/sdk: ${bytes} bytes gzip, limit ${LIMIT}`);
if (bytes > LIMIT) process.exit(1);
