import {
  type Connection,
  initialState,
  type JoinFailure,
  type LocalSource,
  type Message,
  type Peer,
  type RequestFailure,
  type Result,
  type Role,
  type Stoa,
  type StoaEvent,
  type StoaState,
  type Store,
  type Track,
} from '@stoa/sdk';

type SourceName = 'microphone' | 'camera' | 'screen';

const done = { ok: true, value: undefined } as const;

/** A seat without a server: the test sets the state, and reads what the page asked for. */
export class FakeStoa implements Stoa {
  /** Calls in order, such as `setCamera true`. */
  readonly calls: string[] = [];
  /** What the next preview, join or request answers; success when absent. */
  nextJoin: JoinFailure | undefined;
  nextRequest: RequestFailure | undefined;
  /** Draws a track in an element; the demo gives pictures so. */
  show: (trackId: string, element: HTMLVideoElement) => () => void = () => () => {};

  #state: StoaState = initialState;
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<(event: StoaEvent) => void>();

  readonly store: Store = {
    get: () => this.#state,
    select: (selector) => selector(this.#state),
    subscribe: (selector, listener, equality = Object.is) => {
      let picked = selector(this.#state);
      const watch = () => {
        const now = selector(this.#state);
        if (equality(now, picked)) return;
        const before = picked;
        picked = now;
        listener(now, before);
      };
      this.#watchers.add(watch);
      return () => this.#watchers.delete(watch);
    },
  };

  readonly local: Stoa['local'] = {
    setMicrophone: (on) => this.#set('microphone', on),
    setCamera: (on) => this.#set('camera', on),
    setScreenShare: (on) => this.#set('screen', on),
    selectDevice: async (kind, deviceId) => {
      this.calls.push(`selectDevice ${kind} ${deviceId}`);
      const { local } = this.#state;
      if (kind === 'speaker') this.change({ local: { ...local, speakerId: deviceId } });
      else this.source(kind, { deviceId });
      return done;
    },
    refreshDevices: async () => {},
  };

  readonly whiteboard: Stoa['whiteboard'] = {
    start: async () => ({ ok: false, failure: { code: 'forbidden', message: 'no whiteboard here' } }),
    access: async () => ({ ok: false, failure: { code: 'not-found', message: 'no whiteboard here' } }),
    stop: async () => done,
  };

  readonly polls: Stoa['polls'] = {
    create: async ({ title }) => this.#asked(`create ${title}`, 'poll-1'),
    start: async (id) => this.#asked(`start ${id}`, undefined),
    stop: async (id) => this.#asked(`stop ${id}`, undefined),
    vote: async (id) => this.#asked(`vote ${id}`, undefined),
    list: async (state) => this.#asked(`list ${state}`, []),
    loadQuestions: async (id) => this.#asked(`loadQuestions ${id}`, undefined),
    loadResult: async (id) => this.#asked(`loadResult ${id}`, undefined),
    leaderboard: async (id) =>
      this.#asked(`leaderboard ${id}`, {
        maxUsers: 0,
        voters: 0,
        correctVoters: 0,
        averageTimeMs: 0,
        averageScore: 0,
        isLast: true,
        entries: [],
      }),
  };

  #asked<T>(call: string, value: T): Result<T, RequestFailure> {
    this.calls.push(`polls.${call}`);
    return this.nextRequest === undefined ? { ok: true, value } : { ok: false, failure: this.nextRequest };
  }

  change(patch: Partial<StoaState>): void {
    this.#state = { ...this.#state, ...patch };
    for (const watch of [...this.#watchers]) watch();
  }

  connection(connection: Connection): void {
    this.change({ connection });
  }

  source(name: SourceName, patch: Partial<LocalSource>): void {
    const { local } = this.#state;
    this.change({ local: { ...local, [name]: { ...local[name], ...patch } } });
  }

  peer(peer: Partial<Peer> & { readonly id: string }): void {
    const known: Peer = this.#state.peers[peer.id] ?? {
      id: peer.id,
      name: peer.id,
      metadata: '',
      userId: peer.id,
      role: 'guest',
      groups: [],
      isLocal: false,
      joinedAt: Object.keys(this.#state.peers).length + 1,
      quality: -1,
    };
    this.change({ peers: { ...this.#state.peers, [peer.id]: { ...known, ...peer } } });
  }

  track(track: Partial<Track> & { readonly id: string; readonly peerId: string }): void {
    const known: Track = this.#state.tracks[track.id] ?? {
      id: track.id,
      peerId: track.peerId,
      streamId: 'stream',
      kind: 'video',
      source: 'regular',
      muted: false,
      live: true,
      degraded: false,
      layer: undefined,
    };
    this.change({ tracks: { ...this.#state.tracks, [track.id]: { ...known, ...track } } });
  }

  message(message: Partial<Message> & { readonly id: string; readonly text: string }): void {
    const full: Message = {
      time: 0,
      senderId: 'bo',
      senderName: 'Bo',
      isLocal: false,
      audience: { kind: 'everyone' },
      ...message,
    };
    this.change({ messages: [...this.#state.messages, full] });
    if (!full.isLocal) this.happen({ type: 'message', message: full });
  }

  happen(event: StoaEvent): void {
    for (const tell of [...this.#listeners]) tell(event);
  }

  async preview(): Promise<Result<void, JoinFailure>> {
    this.calls.push('preview');
    return this.#enter({ status: 'preview' });
  }

  async join({ name }: { readonly name: string }): Promise<Result<void, JoinFailure>> {
    this.calls.push(`join ${name}`);
    const self = this.#state.local.peerId;
    if (self !== undefined) this.peer({ id: self, name });
    return this.#enter({ status: 'connected' });
  }

  async leave(): Promise<void> {
    this.calls.push('leave');
    if (this.#state.connection.status !== 'idle') {
      this.connection({ status: 'left', reason: { kind: 'user' } });
    }
  }

  on(listener: (event: StoaEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  attachVideo(trackId: string, element: HTMLVideoElement): () => void {
    this.calls.push(`attach ${trackId}`);
    const hide = this.show(trackId, element);
    return () => {
      this.calls.push(`detach ${trackId}`);
      hide();
    };
  }

  mediaOf(): undefined {
    return undefined;
  }

  async resumeAudio(): Promise<boolean> {
    this.calls.push('resumeAudio');
    this.change({ audioBlocked: false });
    return true;
  }

  setVolume(trackId: string, volume: number): void {
    this.calls.push(`setVolume ${trackId} ${volume}`);
  }

  async sendMessage(text: string, options: object = {}): Promise<Result<Message, RequestFailure>> {
    this.calls.push(`sendMessage ${text} ${JSON.stringify(options)}`);
    if (this.nextRequest !== undefined) return { ok: false, failure: this.nextRequest };
    const id = `sent-${this.calls.length}`;
    this.message({ id, text, isLocal: true, senderId: 'me', senderName: 'Asha' });
    const sent = this.#state.messages.at(-1);
    if (sent === undefined) throw new Error('the message was added above');
    return { ok: true, value: sent };
  }

  sendEvent = (name: string) => this.#request(`sendEvent ${name}`);
  changeName = (name: string) => this.#request(`changeName ${name}`);
  changeMetadata = (metadata: string) => this.#request(`changeMetadata ${metadata}`);
  raiseHand = (up: boolean) => this.#request(`raiseHand ${up}`);
  lowerHandOf = (peerId: string) => this.#request(`lowerHandOf ${peerId}`);
  changeRole = (peerId: string, role: string, force: boolean) =>
    this.#request(`changeRole ${peerId} ${role} ${force}`);
  changeRoleOfRoles = (roles: readonly string[], role: string) =>
    this.#request(`changeRoleOfRoles ${roles.join()} ${role}`);
  removePeer = (peerId: string) => this.#request(`removePeer ${peerId}`);
  endRoom = () => this.#request('endRoom');
  requestMute = (trackId: string, muted: boolean) => this.#request(`requestMute ${trackId} ${muted}`);
  requestMuteOfAll = (muted: boolean) => this.#request(`requestMuteOfAll ${muted}`);

  acceptRoleRequest(): Promise<Result<void, RequestFailure>> {
    this.change({ roleRequest: undefined });
    return this.#request('acceptRoleRequest');
  }

  declineRoleRequest(): void {
    this.calls.push('declineRoleRequest');
    this.change({ roleRequest: undefined });
  }

  counters = () => ({ droppedMessages: 0, unknownMessages: 0, lastDrop: '', reconnects: 0 });

  async #request(call: string): Promise<Result<void, RequestFailure>> {
    this.calls.push(call);
    return this.nextRequest === undefined ? done : { ok: false, failure: this.nextRequest };
  }

  #enter(connection: Connection): Result<void, JoinFailure> {
    if (this.nextJoin === undefined) {
      this.connection(connection);
      return done;
    }
    this.connection({ status: 'idle' });
    return { ok: false, failure: this.nextJoin };
  }

  async #set(name: SourceName, on: boolean) {
    this.calls.push(`set ${name} ${on}`);
    this.source(name, { on, failure: undefined });
    const { trackId } = this.#state.local[name];
    const track = trackId === undefined ? undefined : this.#state.tracks[trackId];
    if (track !== undefined) this.track({ ...track, muted: !on });
    return done;
  }
}

export function role(name: string, patch: Partial<Role> = {}): Role {
  return {
    name,
    publishParams: { allowed: ['audio', 'video', 'screen'] },
    subscribeParams: { subscribeToRoles: ['host', 'guest'] },
    permissions: {},
    ...patch,
  };
}

/** Asha, the local peer, in the preview: camera and microphone on. */
export function fakeStoa(
  localRole = 'guest',
  roles: readonly Role[] = [role('host'), role('guest')],
): FakeStoa {
  const stoa = new FakeStoa();
  stoa.change({ roles: Object.fromEntries(roles.map((each) => [each.name, each])) });
  stoa.change({ local: { ...stoa.store.get().local, peerId: 'me' } });
  stoa.peer({ id: 'me', name: '', role: localRole, isLocal: true });
  const allowed = stoa.store.get().roles[localRole]?.publishParams.allowed ?? [];
  stoa.source('screen', { allowed: allowed.includes('screen') });
  if (allowed.includes('audio')) {
    stoa.track({ id: 'my-mic', peerId: 'me', kind: 'audio' });
    stoa.source('microphone', { allowed: true, on: true, trackId: 'my-mic' });
  }
  if (allowed.includes('video')) {
    stoa.track({ id: 'my-cam', peerId: 'me' });
    stoa.source('camera', { allowed: true, on: true, trackId: 'my-cam' });
  }
  return stoa;
}

/** Another peer with camera and microphone. */
export function addPerson(stoa: FakeStoa, id: string, patch: Partial<Peer> = {}): void {
  stoa.peer({ id, ...patch });
  stoa.track({ id: `${id}-mic`, peerId: id, kind: 'audio' });
  stoa.track({ id: `${id}-cam`, peerId: id });
}
