import type { Requests, Results } from '@stoa/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Publication, Publisher } from '../src/media/publisher.js';
import { readSections } from '../src/media/sdp.js';
import type { Outcome } from '../src/signal/outcome.js';
import { settle } from './fakes/clock.js';
import { asPc, FakePeerConnection } from './fakes/peer-connection.js';
import { World } from './fakes/world.js';

type Offer = Requests['offer'];
type Answer = Outcome<Results['offer']>;

let world: World;
let pc: FakePeerConnection;
let publisher: Publisher;
let offers: { params: Offer; answer: (answer: Answer) => void }[];
let openWaiters: ((open: boolean) => void)[];
let isOpen: boolean;

const accepted: Answer = { ok: true, value: { type: 'answer', sdp: 'v=0' } };
const refused = (code: number): Answer => ({ ok: false, code, message: 'no' });

const publication = (id: string, type: 'audio' | 'video' = 'audio', source = 'regular'): Publication => ({
  wire: { track_id: id, stream_id: `s-${id}`, type, source, mute: false, description: '' },
  stream: { id: `s-${id}` } as MediaStream,
  track: { id: `browser-${id}`, kind: type } as MediaStreamTrack,
  encodings: [{ maxBitrate: 32_000 }],
});

const answerNext = async (answer: Answer = accepted) => {
  await settle();
  offers.at(-1)?.answer(answer);
  await settle();
};

beforeEach(() => {
  world = new World();
  pc = new FakePeerConnection();
  offers = [];
  openWaiters = [];
  isOpen = true;
  publisher = new Publisher(
    asPc(pc),
    {
      offer: (params) => new Promise((answer) => offers.push({ params, answer })),
      whenOpen: () => (isOpen ? Promise.resolve(true) : new Promise((wake) => openWaiters.push(wake))),
      nodeId: () => 'n-17',
    },
    world,
  );
});

describe('the first negotiation (signal.md 4.2)', () => {
  it('offers nothing but the data channel', async () => {
    let sent = '';
    await publisher.start(async (sdp) => {
      sent = sdp;
      return { ok: true, value: 'v=0' };
    });
    expect(pc.channels).toEqual([{ label: 'ion-sfu', protocol: 'SCTP' }]);
    expect(readSections(sent).map((section) => section.kind)).toEqual(['application']);
    expect(pc.signalingState).toBe('stable');
  });

  it('holds candidates of the server back until the answer', async () => {
    publisher.candidates.add({ candidate: 'early' });
    await settle();
    expect(pc.candidates).toEqual([]);
    await publisher.start(async () => ({ ok: true, value: 'v=0' }));
    publisher.candidates.add({ candidate: 'late' });
    expect(pc.candidates).toEqual([{ candidate: 'early' }, { candidate: 'late' }]);
  });

  it('can be tried again after a failure', async () => {
    expect(await publisher.start(async () => ({ ok: false, code: 503, message: '' }))).toMatchObject({
      code: 503,
    });
    expect(await publisher.start(async () => ({ ok: true, value: 'v=0' }))).toMatchObject({ ok: true });
  });
});

describe('publishing (signal.md 4.3, 4.4)', () => {
  it('negotiates one track after the other, each offer with all tracks so far', async () => {
    const audio = publisher.publish(publication('a'));
    const video = publisher.publish(publication('v', 'video'));
    await settle();
    expect(offers).toHaveLength(1);
    expect(Object.keys(offers[0]?.params.tracks ?? {})).toEqual(['a']);
    await answerNext();
    expect(offers).toHaveLength(2);
    expect(Object.keys(offers[1]?.params.tracks ?? {})).toEqual(['a', 'v']);
    await answerNext();
    expect((await audio).ok && (await video).ok).toBe(true);
    expect(pc.log).toEqual(['offer', 'answer', 'offer', 'answer']);
  });

  it('names the published ids in the description, whatever the browser wrote', async () => {
    void publisher.publish(publication('a'));
    await answerNext();
    const params = offers[0]?.params;
    expect(params?.sfu_node_id).toBe('n-17');
    const [, section] = readSections(params?.desc.sdp ?? '');
    expect(section).toMatchObject({ streamId: 's-a', trackId: 'a', direction: 'sendonly' });
  });

  it('takes a track back by an offer without it', async () => {
    void publisher.publish(publication('a'));
    await answerNext();
    void publisher.unpublish('a');
    await answerNext();
    expect(offers[1]?.params.tracks).toEqual({});
    expect(readSections(offers[1]?.params.desc.sdp ?? '')[1]?.direction).toBe('inactive');
  });

  it('uses an inactive section again instead of growing', async () => {
    void publisher.publish(publication('screen-1', 'video', 'screen'));
    await answerNext();
    void publisher.unpublish('screen-1');
    await answerNext();
    void publisher.publish(publication('screen-2', 'video', 'screen'));
    await answerNext();
    const sections = readSections(offers[2]?.params.desc.sdp ?? '');
    expect(sections).toHaveLength(2);
    expect(sections[1]).toMatchObject({ trackId: 'screen-2', direction: 'sendonly' });
  });

  it('gives a refused track up and is ready for the next', async () => {
    const refusedTrack = publisher.publish(publication('v', 'video'));
    await answerNext(refused(403));
    expect(await refusedTrack).toMatchObject({ ok: false, code: 403 });
    expect(publisher.tracks()).toEqual({});
    const next = publisher.publish(publication('a'));
    await answerNext();
    expect(Object.keys(offers.at(-1)?.params.tracks ?? {})).toEqual(['a']);
    expect((await next).ok).toBe(true);
  });

  it('takes 421 for success: a migration follows', async () => {
    const moved = publisher.publish(publication('a'));
    await answerNext(refused(421));
    expect((await moved).ok).toBe(true);
    expect(pc.signalingState).toBe('stable');
  });

  it('waits for the next socket when the one it used was lost', async () => {
    const published = publisher.publish(publication('a'));
    await settle();
    isOpen = false;
    await answerNext(refused(1003));
    expect(offers).toHaveLength(1);
    isOpen = true;
    for (const wake of openWaiters) wake(true);
    await answerNext();
    expect(offers).toHaveLength(2);
    expect((await published).ok).toBe(true);
  });

  it('leaves a connection alone that is still on its first way up', async () => {
    pc.connectionState = 'connecting';
    void publisher.publish(publication('a'));
    await answerNext();
    expect(pc.offers.map((options) => options?.iceRestart)).toEqual([false]);
  });

  it('survives an answer the browser cannot use', async () => {
    const published = publisher.publish(publication('a'));
    await answerNext({ ok: true, value: { type: 'answer', sdp: 'broken' } });
    expect(await published).toMatchObject({ ok: false, code: 0 });
    expect(pc.signalingState).toBe('stable');
  });
});

describe('resync (signal.md 4.12)', () => {
  it('keeps the ICE credentials of a working connection and renews those of a broken one', async () => {
    pc.connectionState = 'connected';
    void publisher.resync();
    await answerNext();
    pc.connectionState = 'failed';
    void publisher.resync();
    await answerNext();
    expect(pc.offers.map((options) => options?.iceRestart)).toEqual([false, true]);
  });

  it('tells mute states as they are now', async () => {
    void publisher.publish(publication('a'));
    await answerNext();
    publisher.setMuted('a', true);
    void publisher.resync();
    await answerNext();
    expect(offers[1]?.params.tracks.a?.mute).toBe(true);
  });
});
