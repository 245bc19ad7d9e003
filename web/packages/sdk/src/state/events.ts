import type { Notification } from '@stoa/protocol';
import type {
  Connection,
  Devices,
  LeaveReason,
  Local,
  LocalSource,
  Message,
  Poll,
  PollQuestion,
  PollTally,
  Track,
  Trouble,
} from './state.js';

export type SourceName = 'microphone' | 'camera' | 'screen';

/** Everything that can change the state. */
export type Event =
  /** A new seat is being taken: all of the former room is forgotten. */
  | { readonly type: 'seat-taken'; readonly peerId: string; readonly userId: string; readonly roomId: string }
  | { readonly type: 'flags'; readonly flags: readonly string[] }
  | { readonly type: 'connection'; readonly connection: Connection }
  | { readonly type: 'trouble'; readonly what: Trouble; readonly on: boolean }
  | { readonly type: 'left'; readonly reason: LeaveReason }
  /** Getting in failed. */
  | { readonly type: 'unseated' }
  | { readonly type: 'notification'; readonly notification: Notification }
  | { readonly type: 'local-peer'; readonly name?: string; readonly metadata?: string }
  | { readonly type: 'local-source'; readonly name: SourceName; readonly patch: Partial<LocalSource> }
  | { readonly type: 'local-track'; readonly track: Track }
  | { readonly type: 'track-removed'; readonly trackId: string }
  | { readonly type: 'track-live'; readonly trackId: string; readonly live: boolean }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'poll'; readonly poll: Poll }
  | { readonly type: 'poll-questions'; readonly id: string; readonly questions: readonly PollQuestion[] }
  | { readonly type: 'poll-tally'; readonly tally: PollTally }
  | { readonly type: 'devices'; readonly devices: Devices }
  | { readonly type: 'speaker-chosen'; readonly speakerId: NonNullable<Local['speakerId']> }
  | { readonly type: 'audio-blocked'; readonly blocked: boolean }
  | { readonly type: 'role-request-done' };
