import type { Env } from '../../src/env.js';
import { FakeClock, settle } from './clock.js';
import { FakeMediaDevices } from './media.js';
import { FakePeerConnection } from './peer-connection.js';
import { FakeSockets, type Sent } from './socket.js';

export interface HttpReply {
  readonly status: number;
  readonly body?: unknown;
}

export const INIT_OK: HttpReply = {
  status: 200,
  body: {
    endpoint: 'ws://meet.test/v2/ws',
    rtcConfiguration: { ice_servers: [{ urls: ['stun:meet.test'] }] },
    config: { enabledFlags: ['simulcast', 'subscribeDegradation'] },
  },
};

export const ROLE = {
  name: 'guest',
  publishParams: {
    allowed: ['audio', 'video', 'screen'],
    audio: { bitRate: 32, codec: 'opus' },
    video: { bitRate: 700, codec: 'vp8', frameRate: 25, width: 1280, height: 720 },
    screen: { bitRate: 1200, codec: 'vp8', frameRate: 10, width: 1920, height: 1080 },
  },
  subscribeParams: { subscribeToRoles: ['guest'] },
  permissions: { endRoom: false },
};

export const POLICY = { name: 'guest', known_roles: { guest: ROLE } };

export const ROOM = { name: 'standup', session_id: 's-1', started_at: 1 };

const claims = btoa(JSON.stringify({ room_id: 'room-1', user_id: 'u-1', role: 'guest' }));
export const TOKEN = `e30.${claims}.sig`;

/** The outside world in the hands of a test. */
export class World implements Env {
  readonly clock = new FakeClock();
  readonly sockets = new FakeSockets();
  readonly connections: FakePeerConnection[] = [];
  readonly calls: { url: string; init: RequestInit }[] = [];
  /** What HTTP answers; `undefined` is a network failure. */
  http: (url: string) => HttpReply | undefined = () => INIT_OK;
  readonly devices = new FakeMediaDevices();
  readonly mediaDevices = this.devices as unknown as MediaDevices;
  readonly openSocket = this.sockets.openSocket;
  #ids = 0;

  random(): number {
    return 0.5;
  }

  newId(): string {
    return `id-${++this.#ids}`;
  }

  async fetch(url: string, init: RequestInit): Promise<Response> {
    this.calls.push({ url, init });
    const reply = this.http(url);
    if (reply === undefined) throw new TypeError('failed to fetch');
    const { status, body } = reply;
    const json = async (): Promise<unknown> => {
      if (body === undefined) throw new SyntaxError('not JSON');
      return body;
    };
    // Not a real response: that one takes more than promises to be read.
    return { ok: status >= 200 && status < 300, status, json } as Response;
  }

  createPeerConnection = (config: RTCConfiguration): RTCPeerConnection => {
    const pc = new FakePeerConnection(config);
    this.connections.push(pc);
    return pc as unknown as RTCPeerConnection;
  };

  get socket() {
    return this.sockets.last;
  }

  /** Publish and subscribe connection of the newest link. */
  get publishPc(): FakePeerConnection {
    return this.#connection(-2);
  }

  get subscribePc(): FakePeerConnection {
    return this.#connection(-1);
  }

  #connection(at: number): FakePeerConnection {
    const pc = this.connections.at(at);
    if (pc === undefined) throw new Error('no connection yet');
    return pc;
  }
}

/** What a friendly server answers to a request. */
export const friendly = ({ method }: Sent) => {
  if (method === 'join') return { result: { type: 'answer', sdp: 'v=0', sfu_node_id: 'n-1' } };
  if (method === 'offer') return { result: { type: 'answer', sdp: 'v=0' } };
  if (method === 'broadcast') return { result: { message_id: 'm-1', timestamp: 42 } };
  return { result: {} };
};

/** The newest socket opens at a friendly server, which sends the roles. */
export async function admit(world: World, policy: object = POLICY): Promise<void> {
  await settle();
  world.socket.reply = friendly;
  world.socket.open();
  world.socket.tell('on-policy-change', policy);
  await settle();
}
