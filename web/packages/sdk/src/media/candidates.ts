/** The server's candidates for one connection, held back until its first remote description is there. */
export class RemoteCandidates {
  readonly #pc: RTCPeerConnection;
  #held: RTCIceCandidateInit[] | undefined = [];

  constructor(pc: RTCPeerConnection) {
    this.#pc = pc;
  }

  add(candidate: RTCIceCandidateInit): void {
    if (this.#held !== undefined) this.#held.push(candidate);
    else this.#apply(candidate);
  }

  /** The remote description is set. */
  ready(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const candidate of held) this.#apply(candidate);
  }

  /** A candidate that does not fit (an old generation, an unknown section) is no loss. */
  #apply(candidate: RTCIceCandidateInit): void {
    this.#pc.addIceCandidate(candidate).catch(() => undefined);
  }
}
