/** As much of a browser's peer connection as the SDK uses. Sections and ids are real text, media is not. */
class FakeSender {
  track: unknown;
  parameters: { encodings: RTCRtpEncodingParameters[] };

  constructor(track: unknown, encodings: RTCRtpEncodingParameters[]) {
    this.track = track;
    this.parameters = { encodings };
  }

  async replaceTrack(track: unknown): Promise<void> {
    this.track = track;
  }

  getParameters() {
    return structuredClone(this.parameters);
  }

  async setParameters(parameters: { encodings: RTCRtpEncodingParameters[] }): Promise<void> {
    this.parameters = parameters;
  }
}

export class FakeTransceiver {
  mid: string | null = null;
  direction: string;
  readonly sender: FakeSender;
  readonly receiver: { track: { kind: string; id: string } };
  readonly msid: string;

  constructor(kind: string, direction: string, sender: FakeSender, msid = '') {
    this.direction = direction;
    this.sender = sender;
    this.receiver = { track: { kind, id: `received-${Math.random()}` } };
    this.msid = msid;
  }
}

export class FakePeerConnection {
  readonly config: RTCConfiguration;
  connectionState: RTCPeerConnectionState = 'new';
  signalingState: RTCSignalingState = 'stable';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  readonly channels: { label: string; protocol: string | undefined }[] = [];
  readonly transceivers: FakeTransceiver[] = [];
  readonly offers: (RTCOfferOptions | undefined)[] = [];
  readonly candidates: RTCIceCandidateInit[] = [];
  /** Sizes of what is under way, to see that rounds do not overlap. */
  log: string[] = [];
  closed = false;
  onconnectionstatechange: (() => void) | null = null;
  onicecandidate: ((event: { candidate: { toJSON(): RTCIceCandidateInit } | null }) => void) | null = null;
  ondatachannel: ((event: { channel: unknown }) => void) | null = null;

  constructor(config: RTCConfiguration = {}) {
    this.config = config;
  }

  createDataChannel(label: string, options?: RTCDataChannelInit) {
    this.channels.push({ label, protocol: options?.protocol });
    return {};
  }

  addTransceiver(track: { kind: string; id: string } | string, init: RTCRtpTransceiverInit) {
    const kind = typeof track === 'string' ? track : track.kind;
    const id = typeof track === 'string' ? 'none' : track.id;
    const sender = new FakeSender(typeof track === 'string' ? null : track, init.sendEncodings ?? []);
    const transceiver = new FakeTransceiver(
      kind,
      init.direction ?? 'sendrecv',
      sender,
      `${init.streams?.[0]?.id} ${id}`,
    );
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers() {
    return this.transceivers;
  }

  async createOffer(options?: RTCOfferOptions) {
    this.offers.push(options);
    this.log.push('offer');
    return { type: 'offer', sdp: this.#sdp() };
  }

  async createAnswer() {
    return { type: 'answer', sdp: 'v=0\r\nanswer' };
  }

  async setLocalDescription(description: RTCSessionDescriptionInit) {
    if (description.type === 'rollback') {
      this.signalingState = 'stable';
      return;
    }
    if (description.type === 'offer') {
      if (this.signalingState !== 'stable') throw new Error(`offer in ${this.signalingState}`);
      this.signalingState = 'have-local-offer';
      this.transceivers.forEach((transceiver, i) => {
        transceiver.mid = String(i + 1);
      });
    } else this.signalingState = 'stable';
    this.localDescription = description;
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit) {
    if (description.sdp === 'broken') throw new Error('cannot parse');
    this.remoteDescription = description;
    if (description.type === 'answer') {
      this.signalingState = 'stable';
      this.log.push('answer');
      return;
    }
    this.signalingState = 'have-remote-offer';
    for (const [, kind = '', mid = ''] of (description.sdp ?? '').matchAll(/^m=(\w+)[\s\S]*?a=mid:(\d+)/gm)) {
      if (kind === 'application' || this.transceivers.some((t) => t.mid === mid)) continue;
      const transceiver = new FakeTransceiver(kind, 'recvonly', new FakeSender(null, []));
      transceiver.mid = mid;
      this.transceivers.push(transceiver);
    }
  }

  async addIceCandidate(candidate: RTCIceCandidateInit) {
    this.candidates.push(candidate);
  }

  close(): void {
    this.closed = true;
    this.connectionState = 'closed';
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  find(candidate: string): void {
    this.onicecandidate?.({
      candidate: { toJSON: () => ({ candidate, sdpMid: '0', sdpMLineIndex: 0 }) },
    });
  }

  /** Mids as the next offer would have them; a real browser gives them with `setLocalDescription`. */
  #sdp(): string {
    const media = this.transceivers.map(
      (t, i) =>
        `m=${t.receiver.track.kind} 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:${i + 1}\r\na=${t.direction}\r\na=msid:${t.msid}\r\n`,
    );
    return `v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:0\r\n${media.join('')}`;
  }
}

/** The same object as the browser's type, for code under test. */
export const asPc = (pc: FakePeerConnection): RTCPeerConnection => pc as unknown as RTCPeerConnection;
