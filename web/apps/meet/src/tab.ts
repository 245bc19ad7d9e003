const USER = 'stoa.user';
const ROOM = 'stoa.room';

/** The same user after a reload: an id that lives as long as the tab. Undefined where storage is forbidden. */
export function tabUserId(): string | undefined {
  try {
    const known = sessionStorage.getItem(USER);
    if (known !== null) return known;
    const fresh = newId();
    sessionStorage.setItem(USER, fresh);
    return fresh;
  } catch {
    return undefined;
  }
}

/** Whether this tab was in this room and did not leave it, so that a reload goes back in. */
export function wasInside(code: string): boolean {
  try {
    return sessionStorage.getItem(ROOM) === code;
  } catch {
    return false;
  }
}

/** A reload leaves the room too, but is no wish to be out of it. */
let unloading = false;
if (typeof window !== 'undefined') {
  addEventListener('pagehide', () => {
    unloading = true;
  });
  addEventListener('pageshow', () => {
    unloading = false;
  });
}

/** Notes that this tab is in a room, or that it left it. */
export function setInside(code: string | undefined): void {
  if (unloading) return;
  try {
    if (code === undefined) sessionStorage.removeItem(ROOM);
    else sessionStorage.setItem(ROOM, code);
  } catch {
    // Then a reload begins with the preview.
  }
}

/** `randomUUID` exists on secure pages only; the id need not be a UUID. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
