/** Time, injected so that tests can own it. */
export interface Clock {
  /** Milliseconds, from any fixed point. */
  now(): number;
  /** Calls `run` once after `ms`; the returned function cancels. */
  after(ms: number, run: () => void): () => void;
}

export const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });

/** One text socket. Handlers are called at most once for `opened` and `closed`; nothing comes after `closed`. */
export interface Socket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

export interface SocketHandlers {
  opened(): void;
  message(data: unknown): void;
  closed(): void;
}

/** What the SDK needs from the outside world. */
export interface Env {
  readonly clock: Clock;
  /** At least 0, below 1. */
  random(): number;
  newId(): string;
  fetch(url: string, init: RequestInit): Promise<Response>;
  openSocket(url: string, handlers: SocketHandlers): Socket;
  /** Undefined where there is no WebRTC. */
  readonly createPeerConnection: ((config: RTCConfiguration) => RTCPeerConnection) | undefined;
  readonly mediaDevices: MediaDevices | undefined;
}

/** The browser. Nothing is touched before it is used, so the module can be loaded anywhere. */
export function browserEnv(): Env {
  return {
    clock: {
      now: () => performance.now(),
      after(ms, run) {
        const id = setTimeout(run, ms);
        return () => clearTimeout(id);
      },
    },
    random: Math.random,
    newId,
    fetch: (url, init) => fetch(url, init),
    openSocket: openWebSocket,
    createPeerConnection:
      typeof RTCPeerConnection === 'undefined' ? undefined : (config) => new RTCPeerConnection(config),
    mediaDevices: typeof navigator === 'undefined' ? undefined : navigator.mediaDevices,
  };
}

/** UUID v4 (RFC 9562 §5.4); `randomUUID` itself exists on secure pages only. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function openWebSocket(url: string, handlers: SocketHandlers): Socket {
  const socket = new WebSocket(url);
  let closed = false;
  const close = () => {
    if (closed) return;
    closed = true;
    handlers.closed();
  };
  socket.onopen = () => handlers.opened();
  socket.onmessage = (event) => handlers.message(event.data);
  socket.onclose = close;
  socket.onerror = close;
  return {
    send: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
  };
}
