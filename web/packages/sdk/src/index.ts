export type { Layer, PublishParams, WireRole as Role } from '@stoa/protocol';
export type * from './api.js';
export type {
  CaptureFailure,
  CaptureKind,
  JoinFailure,
  RequestFailure,
  Result,
  SessionFailure,
} from './failures.js';
export { isTerminal } from './failures.js';
export * from './state/selectors.js';
export type {
  Audience,
  Connection,
  Device,
  Devices,
  LeaveReason,
  Local,
  LocalSource,
  Message,
  Peer,
  Poll,
  PollQuestion,
  PollQuestionType,
  PollTally,
  RoleRequest,
  Room,
  Speaker,
  StoaState,
  Track,
  TrackKind,
  Trouble,
  Whiteboard,
} from './state/state.js';
export { initialState } from './state/state.js';
export type { Equality, Store } from './state/store.js';
export { shallowEqual } from './state/store.js';
export { createStoa } from './stoa.js';
