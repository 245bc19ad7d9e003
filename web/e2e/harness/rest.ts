import { createHmac, randomUUID } from 'node:crypto';
import type { ServerInfo } from './server.js';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Token for the management API (HS256). */
function managementToken({ accessKey, appSecret }: ServerInfo): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    access_key: accessKey,
    type: 'management',
    version: 2,
    jti: randomUUID(),
    iat: now - 10,
    nbf: now - 10,
    exp: now + 3600,
  };
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', appSecret).update(text).digest('base64url')}`;
}

async function post<T>(server: ServerInfo, path: string, body: unknown): Promise<T> {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${managementToken(server)}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export async function getJson<T>(server: ServerInfo, path: string): Promise<T> {
  const response = await fetch(server.url + path, {
    headers: { authorization: `Bearer ${managementToken(server)}` },
  });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

export type VideoCodec = 'vp8' | 'h264' | 'vp9' | 'av1';

/** Picture that every role of `makeRoom` publishes, in pixels. */
export const PICTURE = { width: 640, height: 360 };
export const SCREEN = { width: 1280, height: 720 };

/** Everything a person may do, with a small camera picture: four browsers share two cores. */
function role(name: string, codec: VideoCodec, everybody: readonly string[]) {
  return {
    name,
    publishParams: {
      allowed: ['audio', 'video', 'screen'],
      audio: { bitRate: 32, codec: 'opus' },
      video: { bitRate: 500, codec, frameRate: 30, ...PICTURE },
      screen: { bitRate: 1000, codec, frameRate: 10, ...SCREEN },
    },
    subscribeParams: { subscribeToRoles: everybody, maxSubsBitRate: 10_000 },
    permissions: {
      endRoom: true,
      removeOthers: true,
      mute: true,
      unmute: true,
      changeRole: true,
      pollRead: true,
      pollWrite: name === 'host',
    },
    priority: 1,
    maxPeerCount: 0,
  };
}

/** A role of the camera's own settings that may show and hear, and one that only watches. */
export function stage(codec: VideoCodec, camera: object, simulcast: object) {
  const everybody = ['host', 'guest'];
  const host = role('host', codec, everybody);
  const guest = role('guest', codec, everybody);
  return {
    host: {
      ...host,
      publishParams: {
        ...host.publishParams,
        video: { ...host.publishParams.video, ...camera },
        simulcast,
      },
    },
    guest: { ...guest, publishParams: { allowed: [] } },
  };
}

export interface TestRoom {
  readonly id: string;
  /** Room code of each role. */
  readonly codes: { readonly host: string; readonly guest: string };
}

/** A fresh room with the roles `host` and `guest`, made as a customer's backend makes it. */
export async function makeRoom(server: ServerInfo, codec: VideoCodec = 'vp8'): Promise<TestRoom> {
  const names = ['host', 'guest'] as const;
  return makeRoomOf(server, Object.fromEntries(names.map((name) => [name, role(name, codec, names)])));
}

/** The same with roles and settings of choice. */
export async function makeRoomOf(
  server: ServerInfo,
  roles: Record<string, unknown>,
  settings: object = {},
  plugins: object = {},
): Promise<TestRoom> {
  const unique = randomUUID().slice(0, 8);
  const template = await post<{ id: string }>(server, '/v2/templates', {
    name: `e2e-${unique}`,
    roles,
    plugins,
  });
  const room = await post<{ id: string }>(server, '/v2/rooms', {
    name: `e2e-room-${unique}`,
    template_id: template.id,
    ...settings,
  });
  const made = await post<{ data: { code: string; role: string }[] }>(
    server,
    `/v2/room-codes/room/${room.id}`,
    {},
  );
  const code = (of: string) => {
    const found = made.data.find((entry) => entry.role === of)?.code;
    if (found === undefined) throw new Error(`no code for the role ${of}`);
    return found;
  };
  return { id: room.id, codes: { host: code('host'), guest: code('guest') } };
}
