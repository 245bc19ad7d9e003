import { expect } from 'vitest';
import type { Person } from './person.js';
import type { TcpProxy } from './tcp-proxy.js';
import type { UdpRelay } from './udp-relay.js';
import { until } from './until.js';

/** Longer than the page may take to notice; far below the grace period. */
const CUT_MS = 3_000;
/** The path mends by itself: neither browser nor server has given it up. */
export const BLACKOUT_MS = 8_000;
/** Both have given it up: ICE must begin anew in both directions. */
export const OUTAGE_MS = 28_000;

/** How long after the path is back everything must be as before. */
const HEAL_MS = 20_000;

const passes = (ms: number) => {
  const end = performance.now() + ms;
  return until(() => performance.now() >= end, { what: 'time passes', withinMs: ms + 1_000 });
};

/** Both hear and see each other, and what one says the other reads. */
async function talk(one: Person, other: Person, word: string): Promise<void> {
  await Promise.all([one, other].map((someone) => someone.sees(1, undefined, HEAL_MS)));
  await Promise.all([one, other].map((someone) => someone.hears(1, HEAL_MS)));
  await one.say(`${word} from ${one.name}`);
  await other.reads(`${word} from ${one.name}`, one.name);
  await other.say(`${word} from ${other.name}`);
  await one.reads(`${word} from ${other.name}`, other.name);
}

/** The socket of `hurt` is reset and refused for a while; `other` must not lose sight of him. */
export async function healsCutSocket(hurt: Person, other: Person, proxy: TcpProxy): Promise<void> {
  const loaded = await hurt.loadedAt();
  proxy.cut();
  await hurt.isConnected('repairing', 15_000);
  await passes(CUT_MS);
  expect(await other.peer(hurt.name)).toBeDefined();
  proxy.mend();
  await hurt.isConnected('in', HEAL_MS);
  await talk(hurt, other, 'mended');
  expect(await hurt.loadedAt()).toBe(loaded);
}

/** Every media packet of `hurt` is lost for so long. */
export async function healsBlackout(hurt: Person, other: Person, relay: UdpRelay, ms: number): Promise<void> {
  const loaded = await hurt.loadedAt();
  relay.black();
  await Promise.all([
    hurt.seesNothingNew(BLACKOUT_MS),
    other.seesNothingNew(BLACKOUT_MS),
    ms === OUTAGE_MS ? hurt.isConnected('repairing', ms) : undefined,
    passes(ms),
  ]);
  expect(relay.light()).toBeGreaterThan(0);
  const light = performance.now();
  await talk(hurt, other, `after ${ms} ms`);
  console.info(
    `${hurt.name}: talking again ${Math.round(performance.now() - light)} ms after a blackout of ${ms} ms`,
  );
  await hurt.isConnected('in', HEAL_MS);
  expect(await hurt.loadedAt()).toBe(loaded);
}
