import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionFailure } from '../src/failures.js';
import { IceWatch, MEDIA_BUDGET_MS, restartDelayMs, TROUBLE_AFTER_MS } from '../src/media/ice-watch.js';
import { BUDGET_MS, RETRY_EVERY_MS, Reconnect } from '../src/signal/reconnect.js';
import { FakeClock } from './fakes/clock.js';

describe('signal reconnect (signal.md 4.12)', () => {
  let clock: FakeClock;
  let log: string[];
  let isOpen: boolean;
  let opens: ('open' | 'retry' | SessionFailure)[];
  let resumes: boolean[];
  let reconnect: Reconnect;

  beforeEach(() => {
    clock = new FakeClock();
    log = [];
    isOpen = false;
    opens = [];
    resumes = [];
    reconnect = new Reconnect(clock, {
      isOpen: () => isOpen,
      open: async () => {
        const outcome = opens.shift() ?? 'retry';
        log.push(`open ${clock.now() - 1000}`);
        isOpen = outcome === 'open';
        return outcome;
      },
      resume: async () => {
        log.push(`resume ${clock.now() - 1000}`);
        return resumes.shift() ?? true;
      },
      started: () => log.push('started'),
      restored: () => log.push('restored'),
      ended: (failure) => log.push(`ended ${failure.code}`),
    });
  });

  it('tries once a second until it works', async () => {
    opens = ['retry', 'retry', 'open'];
    reconnect.lost();
    await clock.advance(10_000);
    expect(log).toEqual(['started', 'open 1000', 'open 2000', 'open 3000', 'resume 3000', 'restored']);
  });

  it('repeats only the offer while the socket stays open', async () => {
    opens = ['open'];
    resumes = [false, true];
    reconnect.lost();
    await clock.advance(10_000);
    expect(log).toEqual(['started', 'open 1000', 'resume 1000', 'resume 2000', 'restored']);
  });

  it('gives up after 60 s', async () => {
    reconnect.lost();
    await clock.advance(BUDGET_MS - 1);
    expect(log).not.toContain('ended signal-lost');
    await clock.advance(RETRY_EVERY_MS);
    expect(log.at(-1)).toBe('ended signal-lost');
    expect(log.filter((line) => line.startsWith('open'))).toHaveLength(60);
    expect(clock.pending).toBe(0);
  });

  it('ends at once when the server does not want the peer any more', async () => {
    opens = [{ code: 'ended-by-server', status: 410, message: 'gone' }];
    reconnect.lost();
    await clock.advance(10_000);
    expect(log).toEqual(['started', 'open 1000', 'ended ended-by-server']);
  });

  it('is one repair, however often the loss is told', async () => {
    opens = ['open'];
    reconnect.lost();
    reconnect.lost();
    await clock.advance(10_000);
    expect(log.filter((line) => line === 'started')).toHaveLength(1);
  });

  it('has the whole time again for the next loss', async () => {
    opens = ['open'];
    reconnect.lost();
    await clock.advance(10_000);
    isOpen = false;
    reconnect.lost();
    await clock.advance(59_000);
    expect(log.at(-1)).not.toBe('ended signal-lost');
  });

  it('does nothing more once stopped', async () => {
    reconnect.lost();
    reconnect.stop();
    await clock.advance(10_000);
    expect(log).toEqual(['started']);
  });
});

describe('watch of a media connection (signal.md 4.12)', () => {
  let clock: FakeClock;
  let log: string[];

  const watch = (restart: boolean) =>
    new IceWatch(
      { clock, random: () => 0 },
      {
        ...(restart
          ? {
              restart: async () => {
                log.push(`restart ${clock.now() - 1000}`);
              },
            }
          : {}),
        trouble: (on) => log.push(on ? 'trouble' : 'fine'),
        dead: () => log.push('dead'),
      },
    );

  beforeEach(() => {
    clock = new FakeClock();
    log = [];
  });

  it('says nothing when the connection comes up in time', async () => {
    const ice = watch(true);
    ice.changed('connecting');
    await clock.advance(TROUBLE_AFTER_MS - 1);
    ice.changed('connected');
    await clock.advance(60_000);
    expect(log).toEqual([]);
  });

  it('restarts at once on failure, then ever less often, until connected', async () => {
    const ice = watch(true);
    ice.changed('connected');
    ice.changed('failed');
    await clock.advance(8_000);
    expect(log).toEqual(['trouble', 'restart 0', 'restart 1000', 'restart 3000', 'restart 7000']);
    ice.changed('connected');
    await clock.advance(60_000);
    expect(log.slice(5)).toEqual(['fine']);
  });

  it('gives a disconnected connection 5 s to recover by itself', async () => {
    const ice = watch(true);
    ice.changed('connected');
    ice.changed('disconnected');
    await clock.advance(TROUBLE_AFTER_MS - 1);
    expect(log).toEqual([]);
    await clock.advance(1);
    expect(log).toEqual(['trouble', `restart ${TROUBLE_AFTER_MS}`]);
  });

  it('only waits where the server repairs, and gives up after 60 s', async () => {
    const ice = watch(false);
    ice.changed('failed');
    await clock.advance(MEDIA_BUDGET_MS);
    expect(log).toEqual(['trouble', 'dead']);
  });

  it('is silent after stop', async () => {
    const ice = watch(true);
    ice.changed('disconnected');
    ice.stop();
    await clock.advance(120_000);
    expect(log).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it.each([
    [0, 0],
    [1, 1_000],
    [2, 2_000],
    [3, 4_000],
    [9, 4_000],
  ])('waits before restart %i: %i ms', (n, ms) => {
    expect(restartDelayMs(n, () => 0)).toBe(ms);
  });
});
