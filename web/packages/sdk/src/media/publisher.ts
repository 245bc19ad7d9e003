import type { Requests, Results, WireTrack } from '@stoa/protocol';
import { type Clock, sleep } from '../env.js';
import { ATTEMPTS, isTemporary, LOST, type Outcome, retryDelayMs } from '../signal/outcome.js';
import { RemoteCandidates } from './candidates.js';
import type { Encoding } from './encodings.js';
import { type MediaIds, withMediaIds } from './sdp.js';
import { Serial } from './serial.js';

/** The server's code for "this node no longer serves you": the migration that follows puts it right. */
const MOVED = 421;

/** One local track and how it is sent. Its ids stay while it is published, whatever device feeds it. */
export interface Publication {
  readonly wire: WireTrack;
  readonly stream: MediaStream;
  readonly track: MediaStreamTrack | null;
  readonly encodings: readonly Encoding[];
}

/** The way to the server, as the publisher needs it. */
export interface PublishSignal {
  offer(params: Requests['offer']): Promise<Outcome<Results['offer']>>;
  /** False when there will be no connection any more. */
  whenOpen(): Promise<boolean>;
  nodeId(): string | undefined;
}

interface Entry {
  wire: WireTrack;
  readonly transceiver: RTCRtpTransceiver;
}

type Env = { readonly clock: Clock; random(): number };
const done: Outcome<void> = { ok: true, value: undefined };
const refused = (code: number, message: string): Outcome<void> => ({ ok: false, code, message });

/**
 * The publish connection: the client offers, the server answers. One negotiation at a time; each carries the full
 * map of published tracks, so the newest offer alone tells the server everything.
 */
export class Publisher {
  readonly pc: RTCPeerConnection;
  readonly candidates: RemoteCandidates;
  readonly #signal: PublishSignal;
  readonly #env: Env;
  readonly #serial = new Serial();
  readonly #entries = new Map<string, Entry>();
  #closed = false;

  constructor(pc: RTCPeerConnection, signal: PublishSignal, env: Env) {
    this.pc = pc;
    this.candidates = new RemoteCandidates(pc);
    this.#signal = signal;
    this.#env = env;
    pc.createDataChannel('ion-sfu', { protocol: 'SCTP' });
  }

  /** First negotiation: only the data channel. `send` carries the offer in `join` and brings the answer. */
  start(send: (sdp: string) => Promise<Outcome<string>>): Promise<Outcome<void>> {
    return this.#serial.run(() => this.#exchange({}, send));
  }

  publish(publication: Publication): Promise<Outcome<void>> {
    return this.#serial.run(async () => {
      if (this.#closed) return refused(LOST, 'closed');
      const entry = { wire: publication.wire, transceiver: await this.#transceiver(publication) };
      this.#entries.set(publication.wire.track_id, entry);
      const outcome = await this.#negotiate();
      if (!outcome.ok) await this.#drop(publication.wire.track_id);
      return outcome;
    });
  }

  unpublish(trackId: string): Promise<Outcome<void>> {
    return this.#serial.run(async () => ((await this.#drop(trackId)) ? this.#negotiate() : done));
  }

  /** Another source, or none, for a published track. No negotiation. */
  async replace(trackId: string, track: MediaStreamTrack | null): Promise<void> {
    await this.#entries.get(trackId)?.transceiver.sender.replaceTrack(track);
  }

  setMuted(trackId: string, mute: boolean): WireTrack | undefined {
    const entry = this.#entries.get(trackId);
    if (entry === undefined) return undefined;
    entry.wire = { ...entry.wire, mute };
    return entry.wire;
  }

  has(trackId: string): boolean {
    return this.#entries.has(trackId);
  }

  tracks(): Readonly<Record<string, WireTrack>> {
    return Object.fromEntries(Array.from(this.#entries, ([id, { wire }]) => [id, wire]));
  }

  /** Tells the server everything again, with new ICE credentials when the connection is not up. One attempt. */
  resync(): Promise<Outcome<void>> {
    return this.#serial.run(() => this.#offer(!isUp(this.pc)));
  }

  close(): void {
    this.#closed = true;
    this.pc.close();
  }

  async #negotiate(): Promise<Outcome<void>> {
    let outcome: Outcome<void> = refused(LOST, 'closed');
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (!(await this.#signal.whenOpen())) return refused(LOST, 'closed');
      // A connection still on its first way up only loses time by a restart.
      outcome = await this.#offer(isBroken(this.pc));
      if (outcome.ok || !isTemporary(outcome.code)) return outcome;
      if (outcome.code !== LOST) await sleep(this.#env.clock, retryDelayMs(this.#env.random));
    }
    return outcome;
  }

  #offer(iceRestart: boolean): Promise<Outcome<void>> {
    return this.#exchange({ iceRestart }, async (sdp) => {
      const nodeId = this.#signal.nodeId();
      const answer = await this.#signal.offer({
        desc: { type: 'offer', sdp },
        tracks: this.tracks(),
        ...(nodeId === undefined ? {} : { sfu_node_id: nodeId }),
      });
      return answer.ok ? { ok: true, value: answer.value.sdp } : answer;
    });
  }

  async #exchange(
    options: RTCOfferOptions,
    send: (sdp: string) => Promise<Outcome<string>>,
  ): Promise<Outcome<void>> {
    if (this.#closed) return refused(LOST, 'closed');
    try {
      const offer = await this.pc.createOffer(options);
      await this.pc.setLocalDescription(offer);
      const answer = await send(withMediaIds(offer.sdp ?? '', this.#idsByMid()));
      if (this.#closed) return refused(LOST, 'closed');
      if (answer.ok) {
        await this.pc.setRemoteDescription({ type: 'answer', sdp: answer.value });
        this.candidates.ready();
        return done;
      }
      await this.pc.setLocalDescription({ type: 'rollback' });
      return answer.code === MOVED ? done : answer;
    } catch (error) {
      if (this.pc.signalingState === 'have-local-offer') {
        await this.pc.setLocalDescription({ type: 'rollback' }).catch(() => undefined);
      }
      return refused(0, String(error));
    }
  }

  #idsByMid(): ReadonlyMap<string, MediaIds> {
    const ids = new Map<string, MediaIds>();
    for (const { wire, transceiver } of this.#entries.values()) {
      if (transceiver.mid !== null)
        ids.set(transceiver.mid, { streamId: wire.stream_id, trackId: wire.track_id });
    }
    return ids;
  }

  /** A section that no track uses any more is used again: sections can never be removed (RFC 9429 §5.2.2). */
  async #transceiver({ wire, stream, track, encodings }: Publication): Promise<RTCRtpTransceiver> {
    const free = encodings.length === 1 ? this.#freeTransceiver(wire.type) : undefined;
    if (free === undefined) {
      return this.pc.addTransceiver(track ?? wire.type, {
        direction: 'sendonly',
        streams: [stream],
        sendEncodings: [...encodings],
      });
    }
    free.direction = 'sendonly';
    await free.sender.replaceTrack(track);
    const parameters = free.sender.getParameters();
    const [first] = parameters.encodings;
    if (first !== undefined) {
      delete first.maxBitrate;
      delete first.maxFramerate;
      Object.assign(first, encodings[0]);
      await free.sender.setParameters(parameters).catch(() => undefined);
    }
    return free;
  }

  #freeTransceiver(kind: string): RTCRtpTransceiver | undefined {
    const used = new Set(Array.from(this.#entries.values(), (entry) => entry.transceiver));
    return this.pc
      .getTransceivers()
      .find(
        (candidate) =>
          !used.has(candidate) &&
          candidate.direction === 'inactive' &&
          candidate.receiver.track.kind === kind &&
          candidate.sender.getParameters().encodings.length === 1,
      );
  }

  async #drop(trackId: string): Promise<boolean> {
    const entry = this.#entries.get(trackId);
    if (entry === undefined) return false;
    this.#entries.delete(trackId);
    if (this.#closed) return false;
    entry.transceiver.direction = 'inactive';
    await entry.transceiver.sender.replaceTrack(null);
    return true;
  }
}

function isUp(pc: RTCPeerConnection): boolean {
  return pc.connectionState === 'connected' || pc.connectionState === 'new';
}

function isBroken(pc: RTCPeerConnection): boolean {
  return pc.connectionState === 'failed' || pc.connectionState === 'disconnected';
}
