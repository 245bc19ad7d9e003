/** Capture devices without a browser. */
export class FakeTrack {
  static made = 0;
  readonly id = `track-${++FakeTrack.made}`;
  readonly kind: 'audio' | 'video';
  readonly device: string;
  enabled = true;
  contentHint = '';
  readyState: MediaStreamTrackState = 'live';
  onended: (() => void) | null = null;

  constructor(kind: 'audio' | 'video', device = 'default') {
    this.kind = kind;
    this.device = device;
  }

  stop(): void {
    this.readyState = 'ended';
  }

  clone(): FakeTrack {
    return new FakeTrack(this.kind, this.device);
  }

  /** The device was unplugged, or the browser's "stop sharing" pressed. */
  end(): void {
    this.readyState = 'ended';
    this.onended?.();
  }
}

export class FakeMediaStream {
  static made = 0;
  readonly id = `stream-${++FakeMediaStream.made}`;
  readonly tracks: FakeTrack[];

  constructor(tracks: FakeTrack[] = []) {
    this.tracks = tracks;
  }

  getTracks(): FakeTrack[] {
    return this.tracks;
  }
}

const named = (name: string) => Object.assign(new Error(name), { name });

export class FakeMediaDevices {
  readonly asked: MediaStreamConstraints[] = [];
  readonly tracks: FakeTrack[] = [];
  /** Error name per kind that capturing fails with. */
  failing: { audio?: string; video?: string; screen?: string } = {};
  /** Set to make capturing wait. */
  gate: Promise<void> = Promise.resolve();

  async getUserMedia(constraints: MediaStreamConstraints): Promise<FakeMediaStream> {
    this.asked.push(constraints);
    await this.gate;
    const kinds = (['audio', 'video'] as const).filter((kind) => constraints[kind] !== undefined);
    for (const kind of kinds) if (this.failing[kind] !== undefined) throw named(this.failing[kind]);
    return this.#give(kinds, (kind) => deviceOf(constraints[kind]));
  }

  async getDisplayMedia(constraints: DisplayMediaStreamOptions): Promise<FakeMediaStream> {
    if (this.failing.screen !== undefined) throw named(this.failing.screen);
    return this.#give(constraints.audio ? ['video', 'audio'] : ['video'], () => 'screen');
  }

  async enumerateDevices() {
    return [
      { kind: 'audioinput', deviceId: 'mic-1', label: 'Desk' },
      { kind: 'videoinput', deviceId: 'cam-1', label: 'Front' },
      { kind: 'audiooutput', deviceId: 'out-1', label: 'Speaker' },
      { kind: 'videoinput', deviceId: '', label: '' },
    ];
  }

  get live(): FakeTrack[] {
    return this.tracks.filter((track) => track.readyState === 'live');
  }

  #give(kinds: readonly ('audio' | 'video')[], device: (kind: 'audio' | 'video') => string) {
    const made = kinds.map((kind) => new FakeTrack(kind, device(kind)));
    this.tracks.push(...made);
    return new FakeMediaStream(made);
  }
}

function deviceOf(constraints: MediaTrackConstraints | boolean | undefined): string {
  const wanted = typeof constraints === 'object' ? constraints.deviceId : undefined;
  const exact = typeof wanted === 'object' && 'exact' in wanted ? wanted.exact : undefined;
  return typeof exact === 'string' ? exact : 'default';
}
