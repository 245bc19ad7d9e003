import type { TestProject } from 'vitest/node';
import { type ServerInfo, StoaServer } from './server.js';
import { TestPages } from './test-pages.js';

declare module 'vitest' {
  interface ProvidedContext {
    server: ServerInfo;
    /** Base of the SDKs' test pages. */
    pages: string;
  }
}

/** One server for all files; what it says at its end is part of the test. */
export default async function suite({ provide }: TestProject): Promise<() => Promise<void>> {
  const pages = await TestPages.start();
  const server = await StoaServer.start();
  provide('server', server.info);
  provide('pages', pages.url);
  return async () => {
    pages.close();
    const status = await server.stop();
    if (status !== 0) throw new Error(`after SIGTERM the server ended with status ${status}`);
    const complaints = server.complaints();
    if (complaints.length > 0) throw new Error(`the server complained:\n${complaints.join('\n')}`);
  };
}
