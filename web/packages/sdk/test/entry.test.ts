import { beforeEach, describe, expect, it } from 'vitest';
import { fetchInit, rtcConfiguration, socketUrl } from '../src/entry/init.js';
import { exchangeRoomCode, readToken } from '../src/entry/token.js';
import { type HttpReply, INIT_OK, TOKEN, World } from './fakes/world.js';

let world: World;
const seat = { endpoint: 'https://meet.test', token: TOKEN, peerId: 'p-1' };

beforeEach(() => {
  world = new World();
});

describe('token by room code (signal.md 1.3)', () => {
  const exchange = async (...replies: (HttpReply | undefined)[]) => {
    world.http = () => (replies.length > 1 ? replies.shift() : replies[0]);
    const result = exchangeRoomCode(world, 'https://meet.test', 'abc', 'u-1');
    await world.clock.advance(10_000);
    return result;
  };

  it('is asked for without a preflight', async () => {
    expect(await exchange({ status: 200, body: { token: TOKEN } })).toEqual({ ok: true, value: TOKEN });
    expect(world.calls[0]?.url).toBe('https://meet.test/v2/token');
    expect(world.calls[0]?.init.headers).toBeUndefined();
    expect(world.calls[0]?.init.body).toBe('{"code":"abc","user_id":"u-1"}');
  });

  it.each([
    [404, 'room-code-unknown'],
    [403, 'room-inactive'],
    [400, 'refused'],
  ])('%i means %s, asked once', async (status, code) => {
    const result = await exchange({ status, body: { code: status, message: 'why' } });
    expect(result).toMatchObject({ ok: false, failure: { code, message: 'why' } });
    expect(world.calls).toHaveLength(1);
  });

  it.each([[undefined], [{ status: 503 }], [{ status: 429, body: {} }]])(
    'is asked for again after %j',
    async (reply) => {
      expect(await exchange(reply, { status: 200, body: { token: TOKEN } })).toMatchObject({ ok: true });
    },
  );

  it('ends as unreachable after four attempts', async () => {
    expect(await exchange(undefined)).toMatchObject({ ok: false, failure: { code: 'unreachable' } });
    expect(world.calls).toHaveLength(4);
  });

  it('must be in the answer', async () => {
    expect(await exchange({ status: 200, body: {} })).toMatchObject({ ok: false });
  });
});

describe('init (signal.md 1.4)', () => {
  const init = (reply: HttpReply | undefined) => {
    world.http = () => reply;
    return fetchInit(world, seat);
  };

  it('carries the token in the header and the peer in the address', async () => {
    expect(await init(INIT_OK)).toMatchObject({ kind: 'ready' });
    const { url, init: request } = world.calls[0] ?? { url: '', init: {} };
    expect(new URL(url).pathname).toBe('/init');
    expect(new URL(url).searchParams.get('peer_id')).toBe('p-1');
    expect(request.headers).toEqual({ Authorization: `Bearer ${TOKEN}` });
  });

  it.each([
    [401, 'token-invalid'],
    [410, 'room-inactive'],
    [403, 'refused'],
    [404, 'refused'],
  ])('%i refuses: %s', async (status, code) => {
    expect(await init({ status, body: { code: status, message: 'why' } })).toMatchObject({
      kind: 'refused',
      failure: { code, message: 'why' },
    });
  });

  it.each([
    [undefined],
    [{ status: 502 }],
    [{ status: 429 }],
    [{ status: 200, body: { endpoint: 7 } }],
    [{ status: 200, body: { endpoint: '/relative', config: {} } }],
  ])('%j may be tried again', async (reply) => {
    expect(await init(reply)).toMatchObject({ kind: 'retry' });
  });

  it('is given up when the server says nothing', async () => {
    world.fetch = (_url, { signal }) =>
      new Promise((_resolve, reject) =>
        signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    const outcome = fetchInit(world, seat);
    await world.clock.advance(10_000);
    expect(await outcome).toMatchObject({ kind: 'retry' });
  });

  it('gives the address of the socket, keeping what it had', () => {
    const url = new URL(socketUrl({ endpoint: 'wss://sfu.test/v2/ws?node=7', config: {} }, seat));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      node: '7',
      peer: 'p-1',
      token: TOKEN,
      protocol_version: '2.5',
      protocol_spec: '20250115',
    });
  });

  it('passes its configuration on to the peer connections', () => {
    const server = {
      endpoint: '',
      config: {},
      rtcConfiguration: { iceTransportPolicy: 'relay', ice_servers: [] },
    };
    expect(rtcConfiguration(server)).toEqual({ iceTransportPolicy: 'relay', iceServers: [] });
  });
});

describe('token claims', () => {
  it('are read from both base64 alphabets and from UTF-8', () => {
    const claims = JSON.stringify({ room_id: 'r', user_id: 'Zoë ??>', role: 'host' });
    const bytes = new TextEncoder().encode(claims);
    const url = btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
    expect(readToken(`x.${url}.y`)).toEqual({ roomId: 'r', userId: 'Zoë ??>', role: 'host' });
  });

  it.each(['', 'a.b', 'a.!.c', 'a.bnVsbA.c', `a.${btoa('{')}.c`])('of %j are none', (token) => {
    expect(readToken(token)).toBeUndefined();
  });
});
