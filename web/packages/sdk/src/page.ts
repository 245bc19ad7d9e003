export interface PageHandlers {
  /** The page goes away, for good or into the browser's cache. */
  hidden(): void;
  offline(): void;
  devicesChanged(): void;
}

/** Listens to the page until the returned function is called. Nothing to hear outside a browser. */
export function watchPage(mediaDevices: MediaDevices | undefined, on: PageHandlers): () => void {
  if (typeof window === 'undefined') return () => {};
  const hidden = () => on.hidden();
  const offline = () => on.offline();
  const devices = () => on.devicesChanged();
  window.addEventListener('pagehide', hidden);
  window.addEventListener('offline', offline);
  mediaDevices?.addEventListener?.('devicechange', devices);
  return () => {
    window.removeEventListener('pagehide', hidden);
    window.removeEventListener('offline', offline);
    mediaDevices?.removeEventListener?.('devicechange', devices);
  };
}
