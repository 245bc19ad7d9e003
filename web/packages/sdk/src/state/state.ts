import type { Layer, WireRole } from '@stoa/protocol';
import type { CaptureFailure, SessionFailure } from '../failures.js';

/** Why the local peer is no longer in the room. */
export type LeaveReason =
  | { readonly kind: 'user' }
  /** Removed by a moderator; `by` is absent when he has left or the server did it. */
  | { readonly kind: 'removed'; readonly by?: string; readonly message: string }
  | { readonly kind: 'room-ended'; readonly by?: string; readonly message: string }
  | { readonly kind: 'failed'; readonly failure: SessionFailure };

/** What is being repaired while reconnecting. */
export type Trouble = 'signal' | 'publish' | 'subscribe';

export type Connection =
  | { readonly status: 'idle' }
  /** On the way to the preview, or to the room without one. */
  | { readonly status: 'connecting' }
  /** Connected and known to the server, not in the room; devices may be on. */
  | { readonly status: 'preview' }
  | { readonly status: 'joining' }
  | { readonly status: 'connected' }
  /** In the room, something is being repaired; at most for 60 s. */
  | { readonly status: 'reconnecting'; readonly troubles: readonly Trouble[] }
  | { readonly status: 'left'; readonly reason: LeaveReason };

export interface Room {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sessionId: string;
  /** Start of the session, Unix epoch ms; 0 while unknown. */
  readonly startedAt: number;
  /** People in the room as the server counts them; undefined while it says nothing (count `peers` then). */
  readonly peerCount: number | undefined;
  /** What runs: `sfu`, `Browser`, `HLS` (recordings), `rtmp`, `hls` (streams), as far as the server said so. */
  readonly outputs: Readonly<Record<string, boolean>>;
}

export interface Peer {
  readonly id: string;
  readonly name: string;
  /** Free text set by the application. */
  readonly metadata: string;
  readonly userId: string;
  readonly role: string;
  readonly groups: readonly string[];
  readonly isLocal: boolean;
  /** Unix epoch ms. */
  readonly joinedAt: number | undefined;
  /** -1 unknown, 0 reconnecting, 1 very bad ... 5 excellent. */
  readonly quality: number;
}

export type TrackKind = 'audio' | 'video';

export interface Track {
  /** The publisher's id; the same for everybody. */
  readonly id: string;
  readonly streamId: string;
  readonly peerId: string;
  readonly kind: TrackKind;
  /** `regular`, `screen`, or a name the application chose. */
  readonly source: string;
  readonly muted: boolean;
  /** Media is at hand: received, or captured for a local track. */
  readonly live: boolean;
  /** The server lowered or stopped it because of bad bandwidth. */
  readonly degraded: boolean;
  /** Layer the server says it sends, after it changed it by itself. */
  readonly layer: Layer | undefined;
}

export interface Speaker {
  readonly peerId: string;
  readonly trackId: string;
  /** 1 to 100. */
  readonly level: number;
}

export type Audience =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'roles'; readonly roles: readonly string[] }
  | { readonly kind: 'peer'; readonly peerId: string };

export interface Message {
  readonly id: string;
  /** Unix epoch ms by the server's clock. */
  readonly time: number;
  readonly text: string;
  /** Undefined: said by the server itself. */
  readonly senderId: string | undefined;
  /** As it was when the message was sent; the sender may have left. */
  readonly senderName: string;
  readonly isLocal: boolean;
  readonly audience: Audience;
}

export interface Device {
  readonly id: string;
  /** Empty until the user has given permission once. */
  readonly label: string;
}

export interface Devices {
  readonly microphones: readonly Device[];
  readonly cameras: readonly Device[];
  readonly speakers: readonly Device[];
}

/** One thing the local peer may publish. */
export interface LocalSource {
  /** Being heard or seen. False also while it is being turned on. */
  readonly on: boolean;
  /** Waiting for the device, for permission or for the server. */
  readonly busy: boolean;
  /** The role lets it be published. */
  readonly allowed: boolean;
  /** Track in `tracks`, once captured. */
  readonly trackId: string | undefined;
  /** Chosen device; undefined leaves the choice to the browser. */
  readonly deviceId: string | undefined;
  /** Why it is off although it was wanted; cleared by the next attempt. */
  readonly failure: CaptureFailure | undefined;
}

export interface Local {
  readonly peerId: string | undefined;
  readonly microphone: LocalSource;
  readonly camera: LocalSource;
  readonly screen: LocalSource;
  readonly speakerId: string | undefined;
}

/** A moderator offers another role; answer with `acceptRoleRequest` or `declineRoleRequest`. */
export interface RoleRequest {
  readonly by: string | undefined;
  readonly role: string;
  readonly token: string;
}

export type PollQuestionType = 'single-choice' | 'multiple-choice' | 'short-answer' | 'long-answer';

export interface PollQuestion {
  /** From 1. */
  readonly index: number;
  readonly text: string;
  readonly type: PollQuestionType;
  readonly skippable: boolean;
  readonly weight: number;
  /** Texts in order; a vote names them from 1. Empty for a written answer. */
  readonly options: readonly string[];
  /** Empty while unknown. */
  readonly correctOptions: readonly number[];
  readonly correctText: string | undefined;
}

export interface PollTally {
  readonly pollId: string;
  readonly voters: number;
  readonly responses: number;
  /** Empty for who may not see results. */
  readonly questions: readonly {
    readonly question: number;
    /** Of each option in order. */
    readonly votes: readonly number[];
    /** Undefined while it is secret. */
    readonly correct: number | undefined;
    readonly skipped: number;
    readonly total: number;
  }[];
}

export interface Poll {
  readonly id: string;
  readonly title: string;
  readonly type: 'poll' | 'quiz';
  readonly state: 'created' | 'started' | 'stopped';
  readonly anonymous: boolean;
  /** 0: until somebody stops it. */
  readonly durationSeconds: number;
  /** Roles that vote, and that see results; empty: all. */
  readonly voters: readonly string[];
  readonly viewers: readonly string[];
  readonly createdBy: string | undefined;
  /** Unix epoch ms. */
  readonly startedAt: number | undefined;
  readonly stoppedAt: number | undefined;
  /** After `polls.loadQuestions`. */
  readonly questions: readonly PollQuestion[] | undefined;
  readonly tally: PollTally | undefined;
}

/** Everything the SDK knows, immutable: every change is a new object, unchanged parts are the same objects. */
export interface Whiteboard {
  readonly id: string;
  readonly title: string;
  /** User id of who opened it, the peer id when there is none. */
  readonly owner: string;
  readonly open: boolean;
}

export interface StoaState {
  readonly connection: Connection;
  readonly room: Room;
  readonly local: Local;
  /** By id: the local peer from the preview on, the others once joined. */
  readonly peers: Readonly<Record<string, Peer>>;
  /** By id. A track may be here before or after its peer. */
  readonly tracks: Readonly<Record<string, Track>>;
  /** Ids of remote tracks whose media is at hand, announced or not. */
  readonly receiving: readonly string[];
  /** Those speaking now, loudest first; the local peer included. */
  readonly speakers: readonly Speaker[];
  /** Chat in order of arrival; the newest 1000. */
  readonly messages: readonly Message[];
  readonly roles: Readonly<Record<string, WireRole>>;
  /** By id: those that run or ran while here, and those that were listed. */
  readonly polls: Readonly<Record<string, Poll>>;
  /** The session's whiteboard once somebody has opened it. */
  readonly whiteboard: Whiteboard | undefined;
  readonly devices: Devices;
  /** The browser refuses to play sound until the user does something: show a button for `resumeAudio`. */
  readonly audioBlocked: boolean;
  readonly roleRequest: RoleRequest | undefined;
  /** Feature flags of the server. */
  readonly flags: readonly string[];
}

const offSource: LocalSource = {
  on: false,
  busy: false,
  allowed: false,
  trackId: undefined,
  deviceId: undefined,
  failure: undefined,
};

export const emptyRoom: Room = {
  id: '',
  name: '',
  description: '',
  sessionId: '',
  startedAt: 0,
  peerCount: undefined,
  outputs: {},
};

export const initialState: StoaState = {
  connection: { status: 'idle' },
  room: emptyRoom,
  local: {
    peerId: undefined,
    microphone: offSource,
    camera: offSource,
    screen: offSource,
    speakerId: undefined,
  },
  peers: {},
  tracks: {},
  receiving: [],
  speakers: [],
  messages: [],
  roles: {},
  polls: {},
  whiteboard: undefined,
  devices: { microphones: [], cameras: [], speakers: [] },
  audioBlocked: false,
  roleRequest: undefined,
  flags: [],
};
