import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const BENCH = resolve(import.meta.dirname, '../../../bench/link/target');
/** A link does not wait for browsers that encode; only root may say so. */
const FIRST_IN_LINE = process.getuid?.() === 0 ? ['nice', '-n', '-10'] : [];
const ANSWER_MS = 10_000;
const LONGEST_SECONDS = 900;

/** What the emulator counted in one direction. */
export interface LinkReport {
  readonly sent: number;
  readonly lost: number;
  /** Delivered more than 10 ms after their time: the machine was too busy. */
  readonly late: number;
  readonly latestMs: number;
}

/** The link emulator as a child process, between one browser and the media port. */
export class Link {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #lines: Lines;

  private constructor(port: number, child: ChildProcess, lines: Lines) {
    this.port = port;
    this.#child = child;
    this.#lines = lines;
  }

  static async start(mediaPort: number, seed: number): Promise<Link> {
    const java = process.env.JAVA_HOME === undefined ? 'java' : `${process.env.JAVA_HOME}/bin/java`;
    const flags = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx128m'];
    const command = [java, ...flags, '-cp', `${BENCH}/classes:${BENCH}/dist/*`, 'dev.stoa.bench.link.Relay'];
    const options = { server: `127.0.0.1:${mediaPort}`, seed, seconds: LONGEST_SECONDS };
    const words = Object.entries(options).flatMap(([key, value]) => [`--${key}`, String(value)]);
    const [program = java, ...rest] = [...FIRST_IN_LINE, ...command, ...words];
    const child = spawn(program, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = new Lines(child);
    const port = /^port (\d+)$/.exec(await lines.next())?.[1];
    if (port === undefined) throw new Error('the link emulator did not say its port');
    return new Link(Number(port), child, lines);
  }

  /** Changes the link now; resolves when it has changed. */
  async say(line: string): Promise<void> {
    this.#child.stdin?.write(`${line}\n`);
    const answer = await this.#lines.next();
    if (answer !== 'ok') throw new Error(`link emulator, ${line}: ${answer}`);
  }

  async stop(): Promise<{ readonly up: LinkReport; readonly down: LinkReport }> {
    const ended = this.#child.exitCode === null ? once(this.#child, 'exit') : undefined;
    this.#child.stdin?.end();
    const up = report(await this.#lines.next());
    const down = report(await this.#lines.next());
    await ended;
    return { up, down };
  }

  /** For the way out after a failure. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** The lines a child prints, one after the other. */
class Lines {
  readonly #come: string[] = [];
  #waiting: ((line: string) => void) | undefined;

  constructor(child: ChildProcess) {
    if (child.stdout === null) throw new Error('the link emulator has no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting === undefined) this.#come.push(line);
      else waiting(line);
    });
  }

  next(): Promise<string> {
    const come = this.#come.shift();
    if (come !== undefined) return Promise.resolve(come);
    return new Promise((done, failed) => {
      const late = setTimeout(() => failed(new Error('the link emulator does not answer')), ANSWER_MS);
      this.#waiting = (line) => {
        clearTimeout(late);
        done(line);
      };
    });
  }
}

function report(line: string): LinkReport {
  const value = (key: string) => Number(new RegExp(`\\b${key}=(\\d+)`).exec(line)?.[1] ?? 0);
  return { sent: value('sent'), lost: value('lost'), late: value('late'), latestMs: value('latestMs') };
}
