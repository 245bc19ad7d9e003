import type { CaptureFailure, JoinFailure, RequestFailure, Result } from './failures.js';
import type { Message, Poll, PollQuestionType, TrackKind } from './state/state.js';
import type { Store } from './state/store.js';

export interface StoaOptions {
  /** Origin of the server, such as `https://meet.example.org`. Default: the page's own origin. */
  readonly endpoint?: string;
}

/** How to get in: a token made by your backend, or a room code that is exchanged for one. */
export type Credentials =
  | { readonly token: string }
  /** `userId` is put into the token; the server makes one up when absent. */
  | { readonly roomCode: string; readonly userId?: string };

/** What to turn on, where the role allows it. Default: both. */
export interface CaptureChoice {
  readonly microphone?: boolean;
  readonly camera?: boolean;
}

export type PreviewOptions = Credentials & CaptureChoice & { readonly name?: string };

/**
 * After a preview the credentials may be left out: the join goes on with its connection, and with its devices as
 * they are, whatever `microphone` and `camera` say.
 */
export type JoinOptions = (Credentials | { readonly token?: never; readonly roomCode?: never }) &
  CaptureChoice & {
    readonly name: string;
    /** Free text for the application, seen by everybody in the room. */
    readonly metadata?: string;
  };

export interface ScreenShareOptions {
  /** Ask for the sound of the tab or system too. Default true. */
  readonly audio?: boolean;
}

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

/** Camera, microphone and screen of the local peer. Usable from the preview on. */
export interface LocalMedia {
  setMicrophone(on: boolean): Promise<Result<void, CaptureFailure>>;
  setCamera(on: boolean): Promise<Result<void, CaptureFailure>>;
  /** Needs a user gesture. Also ends by the browser's own stop button; watch `state.local.screen.on`. */
  setScreenShare(on: boolean, options?: ScreenShareOptions): Promise<Result<void, CaptureFailure>>;
  /** Chooses a device of `state.devices`; takes effect at once when it is in use. */
  selectDevice(kind: DeviceKind, deviceId: string): Promise<Result<void, CaptureFailure>>;
  /** Reads the devices again. Happens by itself when one is plugged in and after permission was given. */
  refreshDevices(): Promise<void>;
}

export interface SendOptions {
  /** Only peers with one of these roles. */
  readonly roles?: readonly string[];
  /** Only this peer. */
  readonly peerId?: string;
}

/** Filters of a mute request; absent ones mean "all". */
export interface MuteFilter {
  readonly kind?: TrackKind;
  readonly source?: string;
  readonly roles?: readonly string[];
}

/** Things that happen once and leave no trace in the state. */
export type StoaEvent =
  | { readonly type: 'peer-joined'; readonly peerId: string; readonly name: string }
  | { readonly type: 'peer-left'; readonly peerId: string; readonly name: string }
  | { readonly type: 'message'; readonly message: Message }
  /** A broadcast of another type than chat, sent by `sendEvent`. */
  | { readonly type: 'custom'; readonly name: string; readonly data: string; readonly senderId?: string }
  /** A moderator muted a local track; it is muted already. */
  | { readonly type: 'muted-by'; readonly by?: string; readonly trackId: string }
  /** A moderator asks to unmute; nothing is turned on by itself. */
  | { readonly type: 'unmute-requested'; readonly by?: string; readonly trackId: string }
  | { readonly type: 'role-changed'; readonly role: string };

/** The right answer; `hidden` keeps it from voters until the end. */
export interface PollAnswer {
  readonly hidden?: boolean;
  /** Right options, from 1. */
  readonly options?: readonly number[];
  readonly text?: string;
  readonly caseSensitive?: boolean;
  readonly trim?: boolean;
}

export interface PollDraft {
  readonly title: string;
  readonly type: 'poll' | 'quiz';
  readonly durationSeconds?: number;
  readonly anonymous?: boolean;
  /** What tells voters apart; default `userid`. */
  readonly mode?: 'userid' | 'peerid' | 'username';
  /** Roles that vote, and that see results. Default: all that may read polls. */
  readonly voters?: readonly string[];
  readonly viewers?: readonly string[];
  readonly questions: readonly {
    readonly text: string;
    readonly type: PollQuestionType;
    readonly options?: readonly string[];
    readonly answer?: PollAnswer;
    /** Points; default 1. */
    readonly weight?: number;
    readonly skippable?: boolean;
    readonly once?: boolean;
    readonly negative?: boolean;
  }[];
}

export interface PollVote {
  /** Index of the question, from 1. */
  readonly question: number;
  /** Chosen options, from 1. */
  readonly options?: readonly number[];
  readonly text?: string;
  readonly skipped?: boolean;
  readonly durationMs?: number;
}

export interface Ranking {
  readonly maxUsers: number;
  readonly voters: number;
  readonly correctVoters: number;
  readonly averageTimeMs: number;
  readonly averageScore: number;
  readonly isLast: boolean;
  readonly entries: readonly {
    readonly position: number;
    readonly score: number;
    readonly responses: number;
    readonly correct: number;
    readonly durationMs: number;
    readonly peerId: string;
    readonly userId: string;
    readonly name: string;
  }[];
}

/** Polls and quizzes; what is known of them is `state.polls`. Running polls appear there by themselves. */
export interface Polls {
  /** Makes a draft; gives its id. */
  create(draft: PollDraft): Promise<Result<string, RequestFailure>>;
  start(id: string): Promise<Result<void, RequestFailure>>;
  stop(id: string): Promise<Result<void, RequestFailure>>;
  /** Fails when none of the answers counts. */
  vote(id: string, votes: readonly PollVote[]): Promise<Result<void, RequestFailure>>;
  /** Drafts (`created`) need `pollWrite`. */
  list(state: Poll['state']): Promise<Result<readonly Poll[], RequestFailure>>;
  /** Again after the end, for answers that were hidden. */
  loadQuestions(id: string): Promise<Result<void, RequestFailure>>;
  loadResult(id: string): Promise<Result<void, RequestFailure>>;
  /** After the end. */
  leaderboard(
    id: string,
    page?: { offset?: number; count?: number },
  ): Promise<Result<Ranking, RequestFailure>>;
}

/** Where the store of the whiteboard is, for a component that speaks its protocol (gRPC-web). */
export interface WhiteboardAccess {
  readonly id: string;
  /** `host[:port]` without a scheme. */
  readonly address: string;
  readonly token: string;
  readonly owner: string;
  /** Of `read`, `write`, `admin`; empty = the whiteboard is not for this role. */
  readonly permissions: readonly string[];
}

/** The session's whiteboard; whether somebody has it open is `state.whiteboard`. */
export interface Whiteboards {
  /**
   * Makes the whiteboard, or takes over the one that is closed. It is open for others once the store is streamed
   * with this access, and until that stream ends.
   */
  start(title: string): Promise<Result<WhiteboardAccess, RequestFailure>>;
  /** Ends it for everybody. What is on it stays until the session ends. */
  stop(id: string): Promise<Result<void, RequestFailure>>;
  /** Access to a whiteboard that is open. Ask again after a change of role. */
  access(id: string): Promise<Result<WhiteboardAccess, RequestFailure>>;
}

/** One seat in at most one room at a time. */
export interface Stoa {
  readonly store: Store;
  readonly local: LocalMedia;
  readonly polls: Polls;
  readonly whiteboard: Whiteboards;

  /** Connects and turns on the devices without entering the room. */
  preview(options: PreviewOptions): Promise<Result<void, JoinFailure>>;
  join(options: JoinOptions): Promise<Result<void, JoinFailure>>;
  /** Leaves room or preview and releases all devices. Harmless when not in a room. */
  leave(): Promise<void>;

  /** Listens to one-off events until the returned function is called. */
  on(listener: (event: StoaEvent) => void): () => void;

  /**
   * Shows a track in a video element until the returned function is called. Asks the server for the layer that
   * fits the element's size, and for none while it is out of sight.
   */
  attachVideo(trackId: string, element: HTMLVideoElement): () => void;
  /** The media of a track at hand, for level meters and the like. It changes with the device; never stop it. */
  mediaOf(trackId: string): MediaStreamTrack | undefined;
  /** Plays what the browser blocked. Call it from a click; true when sound plays now. */
  resumeAudio(): Promise<boolean>;
  /** Volume of a remote audio track here, 0 to 1. */
  setVolume(trackId: string, volume: number): void;

  /** Chat. The own message appears in `state.messages` when the server has accepted it. */
  sendMessage(text: string, options?: SendOptions): Promise<Result<Message, RequestFailure>>;
  /** An event of the application; arrives as `custom`. */
  sendEvent(name: string, data: string, options?: SendOptions): Promise<Result<void, RequestFailure>>;

  changeName(name: string): Promise<Result<void, RequestFailure>>;
  changeMetadata(metadata: string): Promise<Result<void, RequestFailure>>;
  raiseHand(up: boolean): Promise<Result<void, RequestFailure>>;
  /** Lowers the hand of another peer. */
  lowerHandOf(peerId: string): Promise<Result<void, RequestFailure>>;

  /** `force` changes at once; otherwise the peer is asked. Also for the local peer. */
  changeRole(peerId: string, role: string, force: boolean): Promise<Result<void, RequestFailure>>;
  changeRoleOfRoles(roles: readonly string[], role: string): Promise<Result<void, RequestFailure>>;
  acceptRoleRequest(): Promise<Result<void, RequestFailure>>;
  declineRoleRequest(): void;
  removePeer(peerId: string, reason?: string): Promise<Result<void, RequestFailure>>;
  /** `lock` also disables the room. The local peer leaves too. */
  endRoom(options?: { lock?: boolean; reason?: string }): Promise<Result<void, RequestFailure>>;
  /** Mutes a remote track, or asks its owner to unmute. */
  requestMute(trackId: string, muted: boolean): Promise<Result<void, RequestFailure>>;
  requestMuteOfAll(muted: boolean, filter?: MuteFilter): Promise<Result<void, RequestFailure>>;

  /** What the SDK counted, for diagnosis. */
  counters(): Counters;
}

export interface Counters {
  /** Messages of the server that were malformed and dropped. */
  readonly droppedMessages: number;
  /** Messages with a method this SDK does not know; ignored. */
  readonly unknownMessages: number;
  /** Reason of the last drop. */
  readonly lastDrop: string;
  /** Times the signal was lost and restored. */
  readonly reconnects: number;
}
