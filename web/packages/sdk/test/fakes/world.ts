import type { Env } from '../../src/env.js';
import { FakeClock } from './clock.js';
import { FakePeerConnection } from './peer-connection.js';
import { FakeSockets } from './socket.js';

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
  readonly mediaDevices = undefined;
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
    return new Response(reply.body === undefined ? 'oops' : JSON.stringify(reply.body), {
      status: reply.status,
    });
  }

  readonly createPeerConnection = (config: RTCConfiguration): RTCPeerConnection => {
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
