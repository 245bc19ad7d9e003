/** A peer as a test page sees it. */
export interface SeatPeer {
  readonly name: string;
  readonly isLocal: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
}

export interface SeatView {
  readonly connection: 'out' | 'in' | 'repairing';
  readonly peers: readonly SeatPeer[];
  readonly messages: readonly { readonly from: string; readonly text: string }[];
}

/** What the test pages of both SDKs put on `window.seat`. */
export interface Seat {
  /** Rejects when it cannot be done. */
  join(server: string, roomCode: string, name: string): Promise<void>;
  leave(): Promise<void>;
  setMicrophone(on: boolean): Promise<void>;
  setCamera(on: boolean): Promise<void>;
  setScreen(on: boolean): Promise<void>;
  say(text: string): Promise<void>;
  view(): SeatView;
}

declare global {
  interface Window {
    seat: Seat;
  }
}

/** Shows each wanted track in a video element of its own, as an application does; `attach` gives the way back. */
export function showVideos(attach: (trackId: string, element: HTMLVideoElement) => () => void) {
  const shown = new Map<string, () => void>();
  return (trackIds: readonly string[]): void => {
    for (const [id, hide] of shown) {
      if (trackIds.includes(id)) continue;
      shown.delete(id);
      hide();
    }
    for (const id of trackIds) {
      if (shown.has(id)) continue;
      const element = document.createElement('video');
      Object.assign(element, { autoplay: true, muted: true, playsInline: true });
      Object.assign(element.style, { width: '320px', height: '180px' });
      document.body.append(element);
      const detach = attach(id, element);
      shown.set(id, () => {
        detach();
        element.remove();
      });
    }
  };
}
