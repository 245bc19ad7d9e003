/** Failure is expected and carries a stable `code`; nothing here is thrown. */
export type Result<T, F> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const failed = <F>(failure: F): { readonly ok: false; readonly failure: F } => ({
  ok: false,
  failure,
});

/** Why `preview` or `join` did not get in. `message` is for logs; show texts of your own by `code`. */
export type JoinFailure =
  /** No room has this code. */
  | { readonly code: 'room-code-unknown'; readonly message: string }
  /** The room is disabled or ended. */
  | { readonly code: 'room-inactive'; readonly message: string }
  /** The token is not a token, forged, expired or of the wrong kind. */
  | { readonly code: 'token-invalid'; readonly message: string }
  /** The server said no for another reason, for example a full room. */
  | { readonly code: 'refused'; readonly status: number; readonly message: string }
  /** No answer, or only server errors, until the time for connecting was over. */
  | { readonly code: 'unreachable'; readonly message: string }
  /** The browser and the server found no common media. */
  | { readonly code: 'negotiation-failed'; readonly message: string }
  /** No WebRTC here: an old browser, or a page that is not served securely. */
  | { readonly code: 'unsupported-browser'; readonly message: string }
  /** Leave first. */
  | { readonly code: 'already-joined'; readonly message: string }
  /** `leave` was called, or the peer was removed, before the join was complete. */
  | { readonly code: 'cancelled'; readonly message: string };

/** Why a session that was joined ended by itself. Always terminal: the peer has left. */
export type SessionFailure =
  /** The signal could not be restored within 60 s. */
  | { readonly code: 'signal-lost'; readonly message: string }
  /** Media could not be restored within 60 s. */
  | { readonly code: 'media-lost'; readonly message: string }
  | { readonly code: 'negotiation-failed'; readonly message: string }
  /** The server ended it (`on-error`), or no longer lets this peer in. */
  | { readonly code: 'ended-by-server'; readonly status: number; readonly message: string };

/** Why a request was not carried out. The session goes on. */
export type RequestFailure =
  /** Not joined, or the connection was lost and three attempts were in vain. */
  | { readonly code: 'not-connected'; readonly message: string }
  | { readonly code: 'forbidden'; readonly message: string }
  | { readonly code: 'not-found'; readonly message: string }
  /** Any other answer of the server. */
  | { readonly code: 'rejected'; readonly status: number; readonly message: string };

/** What a capture failure is about. */
export type CaptureKind = 'microphone' | 'camera' | 'screen';

/** Why a device or the screen could not be turned on. */
export type CaptureFailure =
  | { readonly code: 'not-allowed-by-role'; readonly kind: CaptureKind; readonly message: string }
  /** The user or the system said no. For a screen: the picker was closed. */
  | { readonly code: 'permission-denied'; readonly kind: CaptureKind; readonly message: string }
  | { readonly code: 'device-missing'; readonly kind: CaptureKind; readonly message: string }
  | { readonly code: 'device-busy'; readonly kind: CaptureKind; readonly message: string }
  /** Unplugged while in use. */
  | { readonly code: 'device-lost'; readonly kind: CaptureKind; readonly message: string }
  | { readonly code: 'unsupported'; readonly kind: CaptureKind; readonly message: string }
  | { readonly code: 'publish-failed'; readonly kind: CaptureKind; readonly message: string }
  | { readonly code: 'capture-failed'; readonly kind: CaptureKind; readonly message: string };

/** Whether the failure ends the session (and the SDK has left), or only the request it belongs to. */
export function isTerminal(failure: JoinFailure | SessionFailure | RequestFailure | CaptureFailure): boolean {
  switch (failure.code) {
    case 'signal-lost':
    case 'media-lost':
    case 'negotiation-failed':
    case 'ended-by-server':
    case 'room-code-unknown':
    case 'room-inactive':
    case 'token-invalid':
    case 'refused':
    case 'unreachable':
    case 'unsupported-browser':
    case 'cancelled':
      return true;
    case 'already-joined':
    case 'not-connected':
    case 'forbidden':
    case 'not-found':
    case 'rejected':
    case 'not-allowed-by-role':
    case 'permission-denied':
    case 'device-missing':
    case 'device-busy':
    case 'device-lost':
    case 'unsupported':
    case 'publish-failed':
    case 'capture-failed':
      return false;
  }
}

/** The failure of a request, by the server's code (HTTP numbers; 1003 is a lost connection). */
export function requestFailure(status: number, message: string): RequestFailure {
  if (status === 1003) return { code: 'not-connected', message };
  if (status === 403) return { code: 'forbidden', message };
  if (status === 404) return { code: 'not-found', message };
  return { code: 'rejected', status, message };
}
