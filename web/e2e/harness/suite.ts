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
export default async function suite({ name, provide }: TestProject): Promise<() => Promise<void>> {
  const pages = await TestPages.start();
  // Firefox gathers no loopback candidates and reaches none: it needs the machine's own address.
  const server = await StoaServer.start(name === 'e2e-firefox' ? [] : ['127.0.0.1']);
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
