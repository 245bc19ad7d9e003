/** One RTP stream as `getStats` tells it. */
export interface StreamStats {
  /** Unique within the page. */
  readonly id: string;
  readonly direction: 'in' | 'out';
  readonly kind: 'audio' | 'video';
  /** `video/VP8`, empty until known. */
  readonly codec: string;
  readonly packets: number;
  /** Decoded or encoded. */
  readonly frames: number;
  readonly width: number;
  readonly height: number;
  /** RFC 6464-like energy since the beginning; only for what is received. */
  readonly energy: number;
}

/** Moments of the page, in milliseconds of its clock; 0 when not yet. */
export interface Moments {
  readonly initSent: number;
  readonly joinSent: number;
  readonly joinDone: number;
  /** First decoded frame of each received video, in order. */
  readonly firstFrames: readonly number[];
}

export interface Probe {
  streams(): Promise<StreamStats[]>;
  moments(): Moments;
  /** Connection and ICE state of each peer connection, for failures' texts. */
  states(): string[];
}

declare global {
  interface Window {
    stoaProbe: Probe;
  }
}

/**
 * Runs in the page before its own scripts: keeps every peer connection, for its statistics, and notes the moments of
 * a join. With a relay port, every UDP candidate of the server is led through it, and TCP ones are dropped.
 */
export function installProbe(relayPort: number | null): void {
  const connections: RTCPeerConnection[] = [];
  const moments = { joinSent: 0, joinDone: 0, firstFrames: [] as number[] };

  const reroute = (text: string): string =>
    relayPort === null
      ? text
      : text
          .replace(/^(?:a=)?candidate:\S+ \d tcp .*(?:\r?\n)?/gim, '')
          .replace(/(candidate:\S+ \d udp \d+ \S+) \d+ /gi, `$1 ${relayPort} `);

  const watchFirstFrame = async (receiver: RTCRtpReceiver): Promise<void> => {
    const deadline = performance.now() + 20_000;
    while (performance.now() < deadline) {
      for (const entry of (await receiver.getStats()).values()) {
        if (entry.type === 'inbound-rtp' && entry.framesDecoded > 0) {
          moments.firstFrames.push(performance.now());
          return;
        }
      }
      await new Promise((again) => setTimeout(again, 15));
    }
  };

  class Connection extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
      this.addEventListener('track', ({ receiver, track }) => {
        if (track.kind === 'video') void watchFirstFrame(receiver);
      });
    }
    override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
      return super.setRemoteDescription({ type: description.type, sdp: reroute(description.sdp ?? '') });
    }
  }
  window.RTCPeerConnection = Connection;

  class Signal extends WebSocket {
    #joinId: unknown;
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', ({ data }) => {
        if (this.#joinId === undefined || moments.joinDone > 0) return;
        const message = JSON.parse(String(data));
        if (message.id === this.#joinId && message.result !== undefined) moments.joinDone = performance.now();
      });
    }
    override send(data: string | BufferSource | Blob): void {
      if (typeof data === 'string' && data.includes('"join"')) {
        const message = JSON.parse(data);
        if (message.method === 'join') {
          this.#joinId = message.id;
          moments.joinSent = performance.now();
        }
      }
      super.send(data);
    }
  }
  window.WebSocket = Signal;

  const streamsOf = async (connection: RTCPeerConnection, index: number): Promise<StreamStats[]> => {
    const report = await connection.getStats();
    const streams: StreamStats[] = [];
    for (const entry of report.values()) {
      if (entry.type !== 'inbound-rtp' && entry.type !== 'outbound-rtp') continue;
      const received = entry.type === 'inbound-rtp';
      streams.push({
        id: `${index}/${entry.id}`,
        direction: received ? 'in' : 'out',
        kind: entry.kind,
        codec: report.get(entry.codecId)?.mimeType ?? '',
        packets: (received ? entry.packetsReceived : entry.packetsSent) ?? 0,
        frames: (received ? entry.framesDecoded : entry.framesEncoded) ?? 0,
        width: entry.frameWidth ?? 0,
        height: entry.frameHeight ?? 0,
        energy: entry.totalAudioEnergy ?? 0,
      });
    }
    return streams;
  };

  window.stoaProbe = {
    async streams() {
      const open = connections.filter((connection) => connection.connectionState !== 'closed');
      return (await Promise.all(open.map(streamsOf))).flat();
    },
    states: () => connections.map((each) => `${each.connectionState}/${each.iceConnectionState}`),
    moments() {
      const init = performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/init?'));
      return { initSent: init[0]?.startTime ?? 0, ...moments };
    },
  };
}
