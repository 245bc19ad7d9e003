import type { Notifications } from '@stoa/protocol';
import { RemoteCandidates } from './candidates.js';
import { readSections } from './sdp.js';
import { Serial } from './serial.js';

export interface SubscribeHandlers {
  answer(sdp: string): void;
  /** Media of a track came, or another one takes its place. */
  media(trackId: string, track: MediaStreamTrack): void;
  mediaGone(trackId: string): void;
  channel(channel: RTCDataChannel): void;
  /** An offer could not be applied: the connection is out of step with the server for good. */
  broken(message: string): void;
}

/** The subscribe connection: the server offers, the client answers, one offer after the other. */
export class Subscriber {
  readonly pc: RTCPeerConnection;
  readonly candidates: RemoteCandidates;
  readonly #on: SubscribeHandlers;
  readonly #serial = new Serial();
  #media = new Map<string, MediaStreamTrack>();
  #closed = false;

  constructor(pc: RTCPeerConnection, handlers: SubscribeHandlers) {
    this.pc = pc;
    this.candidates = new RemoteCandidates(pc);
    this.#on = handlers;
    pc.ondatachannel = ({ channel }) => {
      if (channel.label === 'ion-sfu') handlers.channel(channel);
    };
  }

  handleOffer(offer: Notifications['offer']): Promise<void> {
    return this.#serial.run(async () => {
      if (this.#closed) return;
      try {
        await this.#apply(offer.sdp);
      } catch (error) {
        if (!this.#closed) this.#on.broken(String(error));
      }
    });
  }

  close(): void {
    this.#closed = true;
    this.pc.close();
    for (const trackId of this.#media.keys()) this.#on.mediaGone(trackId);
    this.#media.clear();
  }

  async #apply(sdp: string): Promise<void> {
    await this.pc.setRemoteDescription({ type: 'offer', sdp });
    this.candidates.ready();
    await this.pc.setLocalDescription(await this.pc.createAnswer());
    if (this.#closed) return;
    this.#on.answer(this.pc.localDescription?.sdp ?? '');
    this.#pair(sdp);
  }

  /**
   * Pairs received media with track ids by the offer's `msid`, which the browser does not reliably give as the
   * id of the received track.
   */
  #pair(sdp: string): void {
    const receivers = new Map(this.pc.getTransceivers().map((t) => [t.mid, t.receiver.track]));
    const now = new Map<string, MediaStreamTrack>();
    for (const { mid, direction, trackId } of readSections(sdp)) {
      const track = receivers.get(mid);
      const sends = direction === 'sendonly' || direction === 'sendrecv';
      if (sends && trackId !== undefined && track !== undefined) now.set(trackId, track);
    }
    const before = this.#media;
    this.#media = now;
    for (const trackId of before.keys()) {
      if (!now.has(trackId)) this.#on.mediaGone(trackId);
    }
    for (const [trackId, track] of now) {
      if (before.get(trackId) !== track) this.#on.media(trackId, track);
    }
  }
}
