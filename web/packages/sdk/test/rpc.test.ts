import type { Notification } from '@stoa/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { withRetries } from '../src/signal/outcome.js';
import { PING_EVERY_MS, Rpc, SILENCE_MS } from '../src/signal/rpc.js';
import { settle } from './fakes/clock.js';
import { World } from './fakes/world.js';

let world: World;
let rpc: Rpc;
let losses: number;
let dropped: string[];
let unknown: string[];
let told: Notification[];

beforeEach(async () => {
  world = new World();
  losses = 0;
  dropped = [];
  unknown = [];
  told = [];
  rpc = new Rpc(world, {
    notification: (notification) => told.push(notification),
    lost: () => losses++,
    dropped: (reason) => dropped.push(reason),
    unknown: (method) => unknown.push(method),
  });
  const opened = rpc.open('ws://meet.test');
  world.socket.open();
  expect(await opened).toBe(true);
});

describe('requests (signal.md 2.1)', () => {
  it('carry an id and the version, and get the answer with the same id', async () => {
    const first = rpc.request('group-join', { name: 'a' });
    const second = rpc.request('group-join', { name: 'b' });
    const [one, two] = world.socket.requests('group-join');
    expect(one).toEqual({ method: 'group-join', params: { name: 'a' }, id: one?.id, jsonrpc: '2.0' });
    expect(one?.id).not.toBe(two?.id);
    world.socket.answer(two, { groups: ['b'] });
    world.socket.answer(one, { groups: ['a'] });
    expect(await first).toEqual({ ok: true, value: { groups: ['a'] } });
    expect(await second).toEqual({ ok: true, value: { groups: ['b'] } });
  });

  it('hand on the code of an error', async () => {
    const answer = rpc.request('end-room', { lock: false, reason: '' });
    world.socket.refuse(world.socket.last('end-room'), 403, 'not you');
    expect(await answer).toEqual({ ok: false, code: 403, message: 'not you' });
  });

  it('end with 1003 when the socket is lost, and at once while there is none', async () => {
    const waiting = rpc.request('group-join', { name: 'a' });
    world.socket.drop();
    expect(await waiting).toMatchObject({ ok: false, code: 1003 });
    expect(await rpc.request('group-join', { name: 'a' })).toMatchObject({ ok: false, code: 1003 });
    expect(losses).toBe(1);
  });

  it('fail on a result of the wrong shape, which is counted', async () => {
    const answer = rpc.request('broadcast', { info: { message: 'hi', type: 'chat' } });
    world.socket.answer(world.socket.last('broadcast'), { id: 7 });
    expect(await answer).toMatchObject({ ok: false, code: 0 });
    expect(dropped).toEqual(['broadcast: result.message_id: expected text']);
  });

  it('notifications have neither id nor version', () => {
    rpc.notify('leave', { client_reason: 'user request' });
    expect(world.socket.last('leave')).toEqual({
      method: 'leave',
      params: { client_reason: 'user request' },
    });
  });
});

describe('bad messages', () => {
  it('are dropped and counted, never thrown', () => {
    const bad = ['', '{', '[]', 'null', '{"jsonrpc":"2.0"}', '{"method":"peer-list","params":{}}'];
    for (const text of bad) expect(() => world.socket.push(text)).not.toThrow();
    world.socket.push({ id: 'never asked', jsonrpc: '2.0', result: {} });
    expect(dropped).toHaveLength(bad.length + 1);
    expect(told).toEqual([]);
    expect(losses).toBe(0);
  });

  it('of an unknown method are ignored', () => {
    world.socket.tell('on-something-new', { a: 1 });
    expect(unknown).toEqual(['on-something-new']);
    expect(dropped).toEqual([]);
  });
});

describe('keep-alive (signal.md 1.6)', () => {
  it('pings at once and 3 s after each answer', async () => {
    expect(world.socket.requests('ping')).toHaveLength(1);
    await world.clock.advance(PING_EVERY_MS);
    expect(world.socket.requests('ping')).toHaveLength(1);
    world.socket.answer(world.socket.last('ping'), { timestamp: 1 });
    await world.clock.advance(PING_EVERY_MS - 1);
    expect(world.socket.requests('ping')).toHaveLength(1);
    await world.clock.advance(1);
    expect(world.socket.requests('ping')).toHaveLength(2);
  });

  it('gives the socket up after 12 s of silence', async () => {
    await world.clock.advance(SILENCE_MS - 1);
    expect(losses).toBe(0);
    await world.clock.advance(1);
    expect(losses).toBe(1);
    expect(rpc.isOpen).toBe(false);
    expect(world.socket.closedWith?.[0]).toBe(1000);
  });

  it('takes any message as a sign of life', async () => {
    await world.clock.advance(SILENCE_MS - 1);
    world.socket.tell('node-info', { sfu_node_id: 'n' });
    await world.clock.advance(SILENCE_MS - 1);
    expect(losses).toBe(0);
  });
});

describe('sockets', () => {
  it('of the past are not listened to any more', async () => {
    const old = world.socket;
    const reopened = rpc.open('ws://meet.test');
    world.socket.open();
    await reopened;
    old.tell('node-info', { sfu_node_id: 'old' });
    old.drop();
    expect(told).toEqual([]);
    expect(losses).toBe(0);
    expect(rpc.isOpen).toBe(true);
  });

  it('that close before they open are no loss but a failed attempt', async () => {
    world.socket.drop();
    const reopened = rpc.open('ws://meet.test');
    world.socket.drop();
    expect(await reopened).toBe(false);
    expect(losses).toBe(1);
  });

  it('that never open are given up', async () => {
    const reopened = rpc.open('ws://meet.test');
    await world.clock.advance(SILENCE_MS);
    expect(await reopened).toBe(false);
  });

  it('that the browser refuses are a failed attempt', async () => {
    world.socket.drop();
    const strict = new Rpc(
      {
        ...world,
        clock: world.clock,
        newId: () => 'x',
        openSocket: () => {
          throw new SyntaxError('insecure');
        },
      },
      { notification: () => {}, lost: () => losses++, dropped: (r) => dropped.push(r), unknown: () => {} },
    );
    expect(await strict.open('ws://meet.test')).toBe(false);
    expect(dropped).toHaveLength(1);
    expect(losses).toBe(1);
  });

  it('wake those who wait for the next one', async () => {
    world.socket.drop();
    let woken: boolean | undefined;
    void rpc.whenOpen().then((open) => {
      woken = open;
    });
    void rpc.open('ws://meet.test');
    await settle();
    expect(woken).toBeUndefined();
    world.socket.open();
    await settle();
    expect(woken).toBe(true);
  });

  it('stay closed after close, and nobody waits for ever', async () => {
    world.socket.drop();
    const waiting = rpc.whenOpen();
    rpc.close(1000, 'Normal Close');
    expect(await waiting).toBe(false);
    expect(await rpc.open('ws://meet.test')).toBe(false);
    await world.clock.advance(60_000);
    expect(world.clock.pending).toBe(0);
  });
});

describe('retries of a request (signal.md 2.2)', () => {
  const attempts = async (codes: number[]) => {
    let made = 0;
    const outcome = withRetries(world, async () => {
      const code = codes[made++];
      return code === undefined ? { ok: true, value: made } : { ok: false, code, message: '' };
    });
    await world.clock.advance(10_000);
    return { made, outcome: await outcome };
  };

  it.each([500, 599, 429, 1003])('%i is tried three times in all', async (code) => {
    expect(await attempts([code, code, code, code])).toMatchObject({ made: 3, outcome: { ok: false } });
    expect(await attempts([code])).toMatchObject({ made: 2, outcome: { ok: true } });
  });

  it.each([400, 403, 404, 409, 0])('%i is final', async (code) => {
    expect(await attempts([code])).toMatchObject({ made: 1, outcome: { ok: false, code } });
  });

  it('waits 2 to 4 s and asks with a new id', async () => {
    const outcome = withRetries(world, () => rpc.request('group-join', { name: 'a' }));
    world.socket.refuse(world.socket.last('group-join'), 503);
    await world.clock.advance(1_999);
    expect(world.socket.requests('group-join')).toHaveLength(1);
    world.socket.tell('node-info', { sfu_node_id: 'n' });
    await world.clock.advance(2_001);
    const [first, second] = world.socket.requests('group-join');
    expect(second?.id).not.toBe(first?.id);
    world.socket.answer(second, {});
    expect(await outcome).toMatchObject({ ok: true });
  });
});
