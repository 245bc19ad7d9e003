import { beforeEach, describe, expect, it } from 'vitest';
import { ApiChannel, FRESH_REPEAT_MS, REPEAT_MS } from '../src/media/api-channel.js';
import { World } from './fakes/world.js';

interface Sent {
  id: string;
  jsonrpc: string;
  method: string;
  params: Record<string, unknown>;
}

class Port {
  readyState: RTCDataChannelState = 'open';
  readonly texts: string[] = [];

  send(text: unknown): void {
    this.texts.push(String(text));
  }

  get sent(): Sent[] {
    return this.texts.map((text) => JSON.parse(text) as Sent);
  }
}

let world: World;
let channel: ApiChannel;
let port: Port;
let dropped: string[];

const answer = (message: object) => channel.message(JSON.stringify({ jsonrpc: '2.0', ...message }));
const accept = (request: Sent | undefined) => answer({ id: request?.id, result: {} });

beforeEach(() => {
  world = new World();
  dropped = [];
  channel = new ApiChannel(world, {
    notification: () => {},
    dropped: (reason) => dropped.push(reason),
    unknown: () => {},
  });
  port = new Port();
});

describe('preferences on the api channel (signal.md 4.8)', () => {
  it('have the shape the server knows', () => {
    channel.attach(port);
    channel.preferLayer('t', 'medium');
    channel.preferAudio('a', false);
    expect(port.sent).toEqual([
      {
        id: 'id-1',
        jsonrpc: '2.0',
        method: 'prefer-video-track-state',
        params: { track_id: 't', max_spatial_layer: 'medium' },
      },
      {
        id: 'id-2',
        jsonrpc: '2.0',
        method: 'prefer-audio-track-state',
        params: { track_id: 'a', subscribed: false },
      },
    ]);
  });

  it('wait for the channel and then only the newest of each track is sent', () => {
    channel.preferLayer('t', 'low');
    channel.preferLayer('t', 'high');
    channel.attach(port);
    expect(port.sent.map((m) => m.params.max_spatial_layer)).toEqual(['high']);
  });

  it('are repeated with the same bytes: after 0.5 s on a fresh channel, then 10 s, three in all', async () => {
    channel.attach(port);
    channel.preferLayer('t', 'low');
    await world.clock.advance(FRESH_REPEAT_MS - 1);
    expect(port.texts).toHaveLength(1);
    await world.clock.advance(1);
    expect(port.texts).toHaveLength(2);
    await world.clock.advance(REPEAT_MS);
    expect(port.texts).toHaveLength(3);
    await world.clock.advance(REPEAT_MS * 5);
    expect(port.texts).toHaveLength(3);
    expect(new Set(port.texts).size).toBe(1);
  });

  it('are not repeated once answered', async () => {
    channel.attach(port);
    channel.preferLayer('t', 'low');
    accept(port.sent[0]);
    await world.clock.advance(60_000);
    expect(port.texts).toHaveLength(1);
  });

  it('wait 10 s for an answer on a channel that has answered before', async () => {
    channel.attach(port);
    channel.preferLayer('t', 'low');
    accept(port.sent[0]);
    channel.preferLayer('t', 'high');
    await world.clock.advance(REPEAT_MS - 1);
    expect(port.texts).toHaveLength(2);
    await world.clock.advance(1);
    expect(port.texts).toHaveLength(3);
  });

  it('of a newer kind end the repeats of the older', async () => {
    channel.attach(port);
    channel.preferLayer('t', 'low');
    channel.preferLayer('t', 'none');
    await world.clock.advance(60_000);
    const layers = port.sent.map((m) => m.params.max_spatial_layer);
    expect(layers).toEqual(['low', 'none', 'none', 'none']);
  });

  it.each([
    [404, 1],
    [403, 1],
    [429, 3],
    [503, 3],
  ])('are given up after error %i with %i attempts', async (code, attempts) => {
    channel.attach(port);
    channel.preferLayer('t', 'low');
    for (let i = 0; i < 5; i++) {
      answer({ id: port.sent.at(-1)?.id, error: { code, message: '' } });
      await world.clock.advance(4_000);
    }
    expect(port.texts).toHaveLength(attempts);
  });

  it('are told again on a new channel, except those of tracks that are gone', () => {
    channel.attach(port);
    channel.preferLayer('t', 'low');
    channel.preferLayer('gone', 'low');
    channel.forget('gone');
    const next = new Port();
    channel.detach();
    channel.attach(next);
    expect(next.sent.map((m) => m.params.track_id)).toEqual(['t']);
  });

  it('drop and count what is no message', () => {
    channel.attach(port);
    for (const text of ['{', '7', new ArrayBuffer(1)]) channel.message(text);
    expect(dropped).toHaveLength(3);
  });
});
