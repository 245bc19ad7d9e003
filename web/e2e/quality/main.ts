import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TestBrowser } from '../harness/chromium.js';
import { StoaServer } from '../harness/server.js';
import { TestPages } from '../harness/test-pages.js';
import { record, type Surroundings } from './call.js';
import { CameraFile } from './camera.js';
import { describeMachine } from './machine.js';
import { type Options, readOptions, USAGE } from './options.js';
import { details, type Failure, judge, type Outcome, table } from './report.js';
import { type Scenario, scenarios } from './scenarios.js';

const RESULTS = resolve(import.meta.dirname, '../../../bench/results');
/** Whatever happens, the run ends. */
const LONGEST_MS = 12 * 60_000;
const JOIN_AND_SETTLE_MS = 90_000;

/** Gives the exit status: 0 when everything was measured, whatever the figures; 1 when not; 2 for wrong arguments. */
export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(
    args,
    scenarios(1).map(({ id }) => id),
  );
  if (typeof options === 'string') {
    console.error(`${options}\n${USAGE}`);
    return 2;
  }
  const machine = describeMachine();
  const { outcomes, failures } = await measure(options);
  const text = write(options, machine(), outcomes, failures);
  console.log(`\n${text}`);
  if (options.save || !options.partial) {
    mkdirSync(RESULTS, { recursive: true });
    const part = options.partial ? `-${options.only.join('')}` : '';
    const file = `${new Date().toISOString().slice(0, 10)}-quality${part}.md`;
    writeFileSync(join(RESULTS, file), text);
    console.log(`written to bench/results/${file}`);
  }
  return failures.length === 0 ? 0 : 1;
}

async function measure(options: Options): Promise<{ outcomes: Outcome[]; failures: Failure[] }> {
  const outcomes: Outcome[] = [];
  const failures: Failure[] = [];
  const deadline = Date.now() + LONGEST_MS;
  const chosen = scenarios(options.seconds).filter(({ id }) => options.only.includes(id));
  const camera = new CameraFile(options.height);
  const pages = await TestPages.start();
  const server = await StoaServer.start(['127.0.0.1']);
  const browser = await TestBrowser.launch([`--use-file-for-fake-video-capture=${camera.path}`]);
  const { height, seed } = options;
  const around = { server: server.info, pages: pages.url, browser, height, seed };
  try {
    for (const scenario of chosen) {
      process.stdout.write(`${scenario.id} ${scenario.title} … `);
      try {
        const outcome = judge(scenario, await within(scenario, around, deadline));
        outcomes.push(outcome);
        const { summary } = outcome;
        console.log(`${summary.emptySeconds} of ${summary.seconds.toFixed(0)} seconds without a frame`);
      } catch (error) {
        failures.push({ scenario, error: error instanceof Error ? error.message : String(error) });
        console.log(`failed: ${failures.at(-1)?.error}`);
      }
    }
  } finally {
    await browser.close();
    await server.stop();
    pages.close();
    camera.remove();
  }
  for (const complaint of [...server.complaints(), ...browser.errors()])
    console.log(`complaint: ${complaint}`);
  return { outcomes, failures };
}

/** A call that hangs must not take the others' time. */
async function within(scenario: Scenario, around: Surroundings, deadline: number) {
  const length = scenario.steps.reduce((sum, step) => sum + step.seconds * 1_000, 0);
  const left = deadline - Date.now();
  if (left < length) throw new Error('no time left');
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, failed) => {
    late = setTimeout(() => failed(new Error('took too long')), Math.min(left, length + JOIN_AND_SETTLE_MS));
  });
  try {
    return await Promise.race([record(scenario, around), tooLate]);
  } finally {
    clearTimeout(late);
  }
}

function write(
  { seconds, height, seed, only }: Options,
  machine: readonly string[],
  outcomes: readonly Outcome[],
  failures: readonly Failure[],
): string {
  return [
    '# Picture quality on bad links',
    '',
    `Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC by \`make bench-quality\`; scenarios ` +
      `${only.join(', ')}; steps of ${seconds} s; camera ${(height * 16) / 9} x ${height}, 30 frames/s, ` +
      `three VP8 layers of 1200, 400 and 100 kbit/s; link seed ${seed}.`,
    '',
    ...machine,
    '',
    table(outcomes, failures),
    '',
    'A second without a frame is one in which the viewer decoded none. Link use is received audio and video ' +
      'with RTP headers, repairs included, over what the link could carry. Recovery is the time from the end of the trouble until ' +
      'the picture moves at two thirds of its former pace for a second (the worst, where there are several).',
    '',
    '## Second by second',
    '',
    ...outcomes.map(details),
  ].join('\n');
}
