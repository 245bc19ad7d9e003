import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** STOA_LAUNCHER tests another build than the one of this work tree. */
const LAUNCHER = process.env.STOA_LAUNCHER ?? resolve(import.meta.dirname, '../../../stoa');
const START_MS = 60_000;
const STOP_MS = 15_000;
/** Long enough to heal a cut socket, short enough to see a killed tab go. */
export const GRACE_MS = 8_000;

/** What a test must know of the running server. */
export interface ServerInfo {
  /** Base of REST and pages, `http://127.0.0.1:<port>`. */
  readonly url: string;
  readonly port: number;
  readonly mediaPort: number;
  readonly accessKey: string;
  readonly appSecret: string;
}

/** The real server as a child process, on free ports and a directory of its own. */
export class StoaServer {
  readonly info: ServerInfo;
  readonly #child: ChildProcess;
  readonly #data: string;
  readonly #log: string[];

  private constructor(info: ServerInfo, child: ChildProcess, data: string, log: string[]) {
    this.info = info;
    this.#child = child;
    this.#data = data;
    this.#log = log;
  }

  /**
   * @param addresses announced for media; the server's own choice when empty
   * @param settings further flags
   */
  static async start(addresses: readonly string[], settings: readonly string[] = []): Promise<StoaServer> {
    const data = mkdtempSync(join(tmpdir(), 'stoa-e2e-'));
    const mediaPort = await freeUdpPort();
    const flags = [
      // One port for all media workers: tests put a relay in front of it.
      ...['--port', '0', '--media-port', String(mediaPort), '--media-single-port', 'on'],
      ...addresses.flatMap((address) => ['--public-address', address]),
      ...['--data', data, '--grace-period', `${GRACE_MS / 1000}s`],
      ...settings,
    ];
    const child = spawn(LAUNCHER, ['serve', ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
    process.once('exit', () => child.kill('SIGKILL'));
    const log: string[] = [];
    const port = await readyPort(child, log);
    const keys = readFileSync(join(data, 'keys.conf'), 'utf8');
    const info: ServerInfo = {
      url: `http://127.0.0.1:${port}`,
      port,
      mediaPort,
      accessKey: setting(keys, 'access-key'),
      appSecret: setting(keys, 'app-secret'),
    };
    return new StoaServer(info, child, data, log);
  }

  /** Lines that no healthy run writes. */
  complaints(): readonly string[] {
    return this.#log.filter((line) => /\bERROR\b|Exception\b/.test(line));
  }

  /** Ends it as an operator does; gives the exit status, null when it had to be killed. */
  async stop(): Promise<number | null> {
    if (this.#child.exitCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const force = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(force);
    }
    rmSync(this.#data, { recursive: true, force: true });
    return this.#child.exitCode;
  }
}

function readyPort(child: ChildProcess, log: string[]): Promise<number> {
  return new Promise((done, failed) => {
    const tell = (why: string) => failed(new Error(`${why}\n${log.slice(-20).join('\n')}`));
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      tell('the server was not ready in time');
    }, START_MS);
    child.once('exit', (status) => tell(`the server ended with status ${status}`));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        log.push(line);
        const ready = /^ready http:\/\/[^:]+:(\d+)/.exec(line);
        if (ready === null) return;
        clearTimeout(late);
        done(Number(ready[1]));
      });
    }
  });
}

/** The media port must be known beforehand: relays stand in front of it. */
async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

function setting(text: string, key: string): string {
  const found = new RegExp(`^${key} = "([^"]+)"`, 'm').exec(text)?.[1];
  if (found === undefined) throw new Error(`keys.conf lacks ${key}`);
  return found;
}
