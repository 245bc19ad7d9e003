/** What `getStats` said at one moment; all but sizes and `protocol` counted from the beginning of the call. */
export interface Sample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Decoded. */
  readonly frames: number;
  readonly keyFrames: number;
  /** Of the last decoded frame, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly freezes: number;
  readonly freezeSeconds: number;
  /** Audio and video with RTP headers, repairs included. */
  readonly bytes: number;
  readonly nacks: number;
  readonly plis: number;
  readonly audioSamples: number;
  /** Concealed while somebody spoke. */
  readonly concealedSamples: number;
  /** `udp`, `tcp`; empty without a connection. */
  readonly protocol: string;
  /** Sent media, of a publisher. */
  readonly sentBytes: number;
  readonly sentHeight: number;
  /** Why Chromium sends less than it was asked to: `none`, `cpu`, `bandwidth`, `other`. */
  readonly limit: string;
}

declare global {
  interface Window {
    stoaSamples: Sample[];
  }
}

export interface SamplerOptions {
  /** Where the server's UDP candidates are led while the TCP ones stay; null leaves all as they are. */
  readonly udpPort: number | null;
  readonly everyMs: number;
}

/** Runs in the page before its own scripts. */
export function installSampler({ udpPort, everyMs }: SamplerOptions): void {
  const connections: RTCPeerConnection[] = [];
  window.stoaSamples = [];

  const Base = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Base {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
    override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      const sdp = description.sdp ?? '';
      const led =
        udpPort === null ? sdp : sdp.replace(/(candidate:\S+ \d udp \d+ \S+) \d+ /gi, `$1 ${udpPort} `);
      return super.setRemoteDescription({ type: description.type, sdp: led });
    }
  };

  const sample = async (): Promise<void> => {
    const sum = {
      ...{ frames: 0, keyFrames: 0, width: 0, height: 0, freezes: 0, freezeSeconds: 0, bytes: 0 },
      ...{ nacks: 0, plis: 0, audioSamples: 0, concealedSamples: 0, protocol: '' },
      ...{ sentBytes: 0, sentHeight: 0, limit: '' },
    };
    const reports = await Promise.all(connections.map((connection) => connection.getStats()));
    for (const report of reports) {
      for (const entry of report.values()) {
        if (entry.type === 'inbound-rtp') {
          sum.bytes += (entry.bytesReceived ?? 0) + (entry.headerBytesReceived ?? 0);
          if (entry.kind === 'audio') {
            sum.audioSamples += entry.totalSamplesReceived ?? 0;
            sum.concealedSamples += (entry.concealedSamples ?? 0) - (entry.silentConcealedSamples ?? 0);
          } else {
            sum.frames += entry.framesDecoded ?? 0;
            sum.keyFrames += entry.keyFramesDecoded ?? 0;
            sum.width = Math.max(sum.width, entry.frameWidth ?? 0);
            sum.height = Math.max(sum.height, entry.frameHeight ?? 0);
            sum.freezes += entry.freezeCount ?? 0;
            sum.freezeSeconds += entry.totalFreezesDuration ?? 0;
            sum.nacks += entry.nackCount ?? 0;
            sum.plis += entry.pliCount ?? 0;
          }
        } else if (entry.type === 'outbound-rtp') {
          sum.sentBytes += (entry.bytesSent ?? 0) + (entry.headerBytesSent ?? 0);
          if (entry.kind === 'video' && entry.active !== false) {
            sum.sentHeight = Math.max(sum.sentHeight, entry.frameHeight ?? 0);
            if (sum.limit === '' || entry.qualityLimitationReason !== 'none') {
              sum.limit = entry.qualityLimitationReason ?? '';
            }
          }
        } else if (entry.type === 'transport') {
          const pair = report.get(entry.selectedCandidatePairId ?? '');
          sum.protocol = report.get(pair?.localCandidateId ?? '')?.protocol ?? sum.protocol;
        }
      }
    }
    window.stoaSamples.push({ at: Date.now(), ...sum });
  };

  // Only one at a time: a busy page answers late, and then none of the questions would be worth asking.
  const again = async (): Promise<void> => {
    await sample();
    setTimeout(() => void again(), everyMs);
  };
  void again();
}
