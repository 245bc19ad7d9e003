import type { Socket, SocketHandlers } from '../../src/env.js';

export interface Sent {
  readonly method: string;
  readonly params: Record<string, unknown>;
  readonly id?: string;
  readonly jsonrpc?: string;
}

/** The server's end of a socket, in the hands of a test. */
export class FakeSocket implements Socket {
  readonly url: string;
  readonly sent: Sent[] = [];
  closedWith: [number, string] | undefined;
  readonly #on: SocketHandlers;
  /** Answers requests by itself when set; undefined leaves them open. */
  reply: (request: Sent) => { result: unknown } | { error: unknown } | undefined = () => undefined;

  constructor(url: string, handlers: SocketHandlers) {
    this.url = url;
    this.#on = handlers;
  }

  send(text: string): void {
    const message = JSON.parse(text) as Sent;
    this.sent.push(message);
    if (message.id === undefined) return;
    const { id } = message;
    const answer = message.method === 'ping' ? undefined : this.reply(message);
    if (answer !== undefined) queueMicrotask(() => this.push({ id, jsonrpc: '2.0', ...answer }));
  }

  close(code: number, reason: string): void {
    this.closedWith ??= [code, reason];
  }

  open(): void {
    this.#on.opened();
  }

  /** The connection is gone. */
  drop(): void {
    this.#on.closed();
  }

  push(message: unknown): void {
    this.#on.message(typeof message === 'string' ? message : JSON.stringify(message));
  }

  tell(method: string, params: unknown): void {
    this.push({ method, params });
  }

  answer(request: Sent | undefined, result: unknown): void {
    this.push({ id: request?.id, jsonrpc: '2.0', result });
  }

  refuse(request: Sent | undefined, code: number, message = 'no'): void {
    this.push({ id: request?.id, jsonrpc: '2.0', error: { code, message } });
  }

  requests(method: string): Sent[] {
    return this.sent.filter((message) => message.method === method);
  }

  last(method: string): Sent | undefined {
    return this.requests(method).at(-1);
  }
}

/** Opens fake sockets and keeps them. */
export class FakeSockets {
  readonly all: FakeSocket[] = [];

  readonly openSocket = (url: string, handlers: SocketHandlers): FakeSocket => {
    const socket = new FakeSocket(url, handlers);
    this.all.push(socket);
    return socket;
  };

  get last(): FakeSocket {
    const socket = this.all.at(-1);
    if (socket === undefined) throw new Error('no socket was opened');
    return socket;
  }
}
