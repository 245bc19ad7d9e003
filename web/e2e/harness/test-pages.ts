import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { build } from 'vite';

const NAMES = ['stoa', 'official', 'board'] as const;
export type TestPage = (typeof NAMES)[number];

/** Serves the two SDKs' test pages from an origin of their own, as applications of customers have. */
export class TestPages {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<TestPages> {
    const scripts = new Map<string, string>();
    for (const name of NAMES) scripts.set(name, await bundle(name));
    const server = createServer((request, response) => {
      const name = request.url?.slice(1) ?? '';
      const script = scripts.get(name.replace(/\.js$/, ''));
      if (script === undefined) {
        response.writeHead(404).end();
        return;
      }
      const code = name.endsWith('.js');
      response.setHeader('content-type', code ? 'text/javascript' : 'text/html');
      response.end(
        code
          ? script
          : `<!doctype html><title>${name}</title><script type="module" src="/${name}.js"></script>`,
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TestPages(server);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

async function bundle(name: TestPage): Promise<string> {
  const root = resolve(import.meta.dirname, '..');
  const built = await build({
    root,
    configFile: false,
    // Parts of the whiteboard component say "use client", which means nothing here.
    logLevel: 'error',
    // The component is of React 18; npm puts part of what it needs beside the React 19 of our own pages, with copies.
    resolve: { dedupe: ['react', 'react-dom', '@tldraw/state'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: `pages/${name}.ts`, formats: ['es'], fileName: name },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error(`no bundle of ${name}`);
  return output.output[0].code;
}
