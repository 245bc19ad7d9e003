import { writeFileSync } from 'node:fs';
import { inject, test } from 'vitest';
import { TestBrowser } from '../harness/chromium.js';
import type { Moments } from '../harness/probe.js';
import { makeRoom } from '../harness/rest.js';
import { SdkPerson } from '../harness/sdk-person.js';
import { until } from '../harness/until.js';

const JOINS = 20;
/** Not counted: the first meet cold code on both sides. */
const WARM_UPS = 3;

/** The value that `share` of the values do not exceed. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function row(name: string, values: readonly number[]): string {
  const [p50, p95, max] = [percentile(values, 0.5), percentile(values, 0.95), Math.max(...values)];
  return `| ${name} | ${p50.toFixed(0)} | ${p95.toFixed(0)} | ${max.toFixed(0)} |`;
}

/** One join on a loaded page; the moments count from the request to `/init`. */
async function join(person: SdkPerson, roomCode: string): Promise<Moments> {
  await person.page.reload();
  await person.page.waitForFunction(() => window.seat !== undefined);
  await person.join(roomCode);
  const moments = await until(
    async () => {
      const now = await person.moments();
      return now.firstFrames.length > 0 ? now : undefined;
    },
    { what: 'the first decoded frame', withinMs: 20_000 },
  );
  await person.leave();
  return moments;
}

test('time from the init request to the first decoded frame', async () => {
  const server = inject('server');
  const address = `${inject('pages')}/stoa`;
  const browser = await TestBrowser.launch();
  try {
    const room = await makeRoom(server);
    const host = await SdkPerson.open('host', await browser.page('host'), address, server.url);
    await host.join(room.codes.host);
    const guest = await SdkPerson.open('guest', await browser.page('guest'), address, server.url);
    const joins: Moments[] = [];
    for (let i = -WARM_UPS; i < JOINS; i++) {
      const moments = await join(guest, room.codes.guest);
      if (i >= 0) joins.push(moments);
    }
    const since = (moment: (of: Moments) => number) => joins.map((one) => moment(one) - one.initSent);
    const table = [
      `${JOINS} joins of Chromium with camera and microphone on a warm page, after ${WARM_UPS} that are not counted:`,
      '',
      '| from the init request to | p50 ms | p95 ms | longest ms |',
      '|---|---|---|---|',
      row(
        '`join` sent',
        since((of) => of.joinSent),
      ),
      row(
        '`join` answered',
        since((of) => of.joinDone),
      ),
      row(
        'first decoded frame',
        since((of) => of.firstFrames[0] ?? Number.NaN),
      ),
    ].join('\n');
    if (process.env.STOA_BENCH_JOIN) writeFileSync(process.env.STOA_BENCH_JOIN, `${table}\n`);
    console.log(table);
  } finally {
    await browser.close();
  }
});
