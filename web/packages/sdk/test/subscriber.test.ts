import { beforeEach, describe, expect, it } from 'vitest';
import { readSections, withMediaIds } from '../src/media/sdp.js';
import { Subscriber } from '../src/media/subscriber.js';
import { asPc, FakePeerConnection } from './fakes/peer-connection.js';

const section = (kind: string, mid: string, direction: string, msid: string) =>
  `m=${kind} 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:${mid}\r\na=${direction}\r\na=msid:${msid}\r\n`;
const offer = (...sections: string[]) => ({
  type: 'offer' as const,
  sdp: `v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\n${sections.join('')}`,
});

let pc: FakePeerConnection;
let log: string[];
let subscriber: Subscriber;

beforeEach(() => {
  pc = new FakePeerConnection();
  log = [];
  subscriber = new Subscriber(asPc(pc), {
    answer: () => log.push('answer'),
    media: (id, track) => log.push(`media ${id} ${track.kind}`),
    mediaGone: (id) => log.push(`gone ${id}`),
    channel: (channel) => log.push(`channel ${channel.label}`),
    broken: () => log.push('broken'),
  });
});

describe('subscribing (signal.md 4.5)', () => {
  it('pairs media with the publisher’s ids of the offer', async () => {
    await subscriber.handleOffer(
      offer(section('audio', '1', 'sendonly', 's t-a'), section('video', '2', 'sendonly', 's t-v')),
    );
    expect(log).toEqual(['answer', 'media t-a audio', 'media t-v video']);
  });

  it('answers one offer after the other', async () => {
    const first = subscriber.handleOffer(offer(section('audio', '1', 'sendonly', 's a')));
    const second = subscriber.handleOffer(
      offer(section('audio', '1', 'sendonly', 's a'), section('video', '2', 'sendonly', 's v')),
    );
    await Promise.all([first, second]);
    expect(log).toEqual(['answer', 'media a audio', 'answer', 'media v video']);
  });

  it('sees a section turn inactive as the end of its track, and its reuse as a new one', async () => {
    await subscriber.handleOffer(offer(section('video', '1', 'sendonly', 's old')));
    await subscriber.handleOffer(offer(section('video', '1', 'inactive', 's old')));
    await subscriber.handleOffer(offer(section('video', '1', 'sendonly', 's new')));
    expect(log).toEqual(['answer', 'media old video', 'answer', 'gone old', 'answer', 'media new video']);
  });

  it('holds candidates that come before the offer', async () => {
    subscriber.candidates.add({ candidate: 'early' });
    expect(pc.candidates).toEqual([]);
    await subscriber.handleOffer(offer());
    expect(pc.candidates).toEqual([{ candidate: 'early' }]);
  });

  it('tells when an offer cannot be applied', async () => {
    await subscriber.handleOffer({ type: 'offer', sdp: 'broken' });
    expect(log).toEqual(['broken']);
  });

  it('takes only the api channel', () => {
    pc.ondatachannel?.({ channel: { label: 'other' } });
    pc.ondatachannel?.({ channel: { label: 'ion-sfu' } });
    expect(log).toEqual(['channel ion-sfu']);
  });

  it('ends all media when closed', async () => {
    await subscriber.handleOffer(offer(section('video', '1', 'sendonly', 's v')));
    subscriber.close();
    expect(log.at(-1)).toBe('gone v');
    expect(pc.closed).toBe(true);
  });
});

describe('descriptions', () => {
  const chromium =
    'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\na=msid-semantic: WMS\r\n' +
    'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:1\r\na=sendonly\r\na=msid:old-s old-t\r\n' +
    'a=ssrc:42 cname:c\r\na=ssrc:42 msid:old-s old-t\r\n' +
    'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:2\r\na=msid:keep keep\r\na=inactive\r\n';

  it('get the published ids in both places a browser writes them, and nothing else changes', () => {
    const changed = withMediaIds(chromium, new Map([['1', { streamId: '{s}', trackId: '{t}' }]]));
    expect(changed).toBe(chromium.replaceAll('old-s old-t', '{s} {t}'));
  });

  it('are read section by section', () => {
    expect(readSections(chromium)).toEqual([
      { mid: '1', kind: 'audio', direction: 'sendonly', streamId: 'old-s', trackId: 'old-t' },
      { mid: '2', kind: 'video', direction: 'inactive', streamId: 'keep', trackId: 'keep' },
    ]);
  });

  it.each(['', 'v=0', 'm=', 'm=audio', '\r\n\r\n', 'm=video 9 X\na=msid:'])(
    'of any kind are survived: %j',
    (sdp) => {
      expect(() => readSections(sdp)).not.toThrow();
    },
  );
});
