import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Stands between one browser and the media port, so that a test can take the path away without anybody's help. */
export class UdpRelay {
  readonly port: number;
  readonly #front: Socket;
  readonly #target: number;
  readonly #backs = new Map<number, Socket>();
  #dark = false;
  #dropped = 0;

  private constructor(front: Socket, target: number) {
    this.#front = front;
    this.#target = target;
    this.port = front.address().port;
    front.on('message', (packet, from) => this.#pass(() => this.#back(from.port), packet, target));
  }

  static async start(mediaPort: number): Promise<UdpRelay> {
    const front = createSocket('udp4');
    front.bind(0, '127.0.0.1');
    await once(front, 'listening');
    return new UdpRelay(front, mediaPort);
  }

  /** Swallows everything in both directions until `light`. */
  black(): void {
    this.#dark = true;
    this.#dropped = 0;
  }

  /** Ends the blackout; gives how many packets it swallowed. */
  light(): number {
    this.#dark = false;
    return this.#dropped;
  }

  close(): void {
    this.#front.close();
    for (const back of this.#backs.values()) back.close();
  }

  /** Each address of the browser has a socket of its own, as behind a NAT. */
  #back(clientPort: number): Socket {
    const known = this.#backs.get(clientPort);
    if (known !== undefined) return known;
    const back = createSocket('udp4');
    back.bind(0, '127.0.0.1');
    back.on('message', (packet, from) => {
      if (from.port === this.#target) this.#pass(() => this.#front, packet, clientPort);
    });
    this.#backs.set(clientPort, back);
    return back;
  }

  #pass(way: () => Socket, packet: Buffer, port: number): void {
    if (this.#dark) {
      this.#dropped++;
      return;
    }
    way().send(packet, port, '127.0.0.1');
  }
}
