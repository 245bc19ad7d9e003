import { anything, finite, flag, given, type Infer, list, mapOf, object, oneOf, text } from './check.js';
import { iceCandidate, joinResult, layer, peer, sessionDescription, trackMap } from './objects.js';
import { pollRequests, pollResults } from './polls.js';

const group = object({ name: text });
const groupOfPeer = object({ name: text, peer_id: text });

/** What a client asks over the signal, by method: the check of its `params`. */
export const requests = {
  ping: object({ timestamp: finite }),
  join: object(
    { name: text, data: text, disableVidAutoSub: flag },
    { server_sub_degrade: flag, simulcast: flag, onDemandTracks: flag, offer: sessionDescription },
  ),
  offer: object({ desc: sessionDescription, tracks: trackMap }, { sfu_node_id: text }),
  broadcast: object({ info: object({ message: text, type: text }) }, { roles: list(text), peer_id: text }),
  'end-room': object({ lock: flag, reason: text }),
  'peer-update': object({}, { name: text, data: text }),
  'role-change-request': object({ role: text, force: flag }, { requested_for: text, roles: list(text) }),
  'role-change': object({ role: text, token: text }, { requested_by: text }),
  'track-update-request': object({ requested_for: text, track_id: text, stream_id: text, mute: flag }),
  'change-track-mute-state-request': object(
    { value: flag },
    { type: oneOf('audio', 'video'), source: text, roles: list(text) },
  ),
  'peer-leave-request': object({ requested_for: text, reason: text }),
  'group-join': group,
  'group-leave': group,
  'group-add': groupOfPeer,
  'group-remove': groupOfPeer,
  'get-peer': object({ peer_id: text }),
  'find-peer': object({ limit: finite }, { role: text, group: text, peers: list(text), peerIds: list(text) }),
  'peer-iter-next': object({ iterator: text, limit: finite }),
  'peer-name-search': object({ limit: finite }, { query: text, offset: finite }),
  'set-metadata': object({ key: text }, { data: anything, if_change_version: finite }),
  'get-metadata': object({}, { key: text }),
  'listen-metadata-change': object({ keys: list(text) }),
  'whiteboard-create': object({ title: text }, { reader: list(text), writer: list(text), admin: list(text) }),
  'whiteboard-get': object({ id: text }),
  /** The five below are our own. */
  'whiteboard-close': object({ id: text }),
  'metadata-add': object({ key: text }, { by: finite }),
  'metadata-append': object({ key: text, data: given }),
  'metadata-writers': object({ key: text, roles: list(text) }),
  'metadata-history': object({}, { key: text, after_version: finite, limit: finite }),
  ...pollRequests,
};

export type Requests = { [M in keyof typeof requests]: Infer<(typeof requests)[M]> };
export type RequestMethod = keyof Requests;

/** What a client says without waiting for an answer. */
export const clientNotifications = {
  leave: object({ client_reason: text }),
  answer: object({ desc: sessionDescription }, { sfu_node_id: text }),
  trickle: object({ target: oneOf(0, 1), candidate: iceCandidate }, { sfu_node_id: text }),
  'track-update': object({ tracks: trackMap }),
  analytics: object({ name: text, info: mapOf(anything), timestamp: finite }),
};

export type ClientNotifications = {
  [M in keyof typeof clientNotifications]: Infer<(typeof clientNotifications)[M]>;
};

/** Requests on the data channel `ion-sfu`. */
export const channelRequests = {
  'prefer-video-track-state': object({ track_id: text, max_spatial_layer: layer }),
  'prefer-audio-track-state': object({ track_id: text, subscribed: flag }),
};

export type ChannelRequests = { [M in keyof typeof channelRequests]: Infer<(typeof channelRequests)[M]> };
export type ChannelMethod = keyof ChannelRequests;

const nothing = object({});
const peerPage = object({ total: finite, eof: flag, peers: list(peer) }, { iterator: text });
const storedValue = object(
  { key: text },
  { data: anything, updated_at: finite, updated_by: text, change_version: finite },
);

/** The checks of `result`, by the method of the request. An empty object says "done". */
export const results = {
  ping: nothing,
  join: joinResult,
  offer: object({ type: oneOf('answer'), sdp: text }),
  broadcast: object({ message_id: text, timestamp: finite }),
  'end-room': nothing,
  'peer-update': nothing,
  'role-change-request': nothing,
  'role-change': nothing,
  'track-update-request': nothing,
  'change-track-mute-state-request': nothing,
  'peer-leave-request': nothing,
  'group-join': object({}, { groups: list(text) }),
  'group-leave': object({}, { groups: list(text) }),
  'group-add': nothing,
  'group-remove': nothing,
  'get-peer': peer,
  'find-peer': peerPage,
  'peer-iter-next': peerPage,
  'peer-name-search': object({
    limit: finite,
    offset: finite,
    eof: flag,
    peers: list(object({ peer_id: text, name: text, role: text })),
  }),
  'set-metadata': storedValue,
  'get-metadata': storedValue,
  'listen-metadata-change': nothing,
  'metadata-add': storedValue,
  'metadata-append': storedValue,
  'metadata-writers': nothing,
  'whiteboard-create': object({ id: text, owner: text }),
  'whiteboard-get': object({ id: text, addr: text, token: text, owner: text, permissions: list(text) }),
  'whiteboard-close': nothing,
  'metadata-history': object({ values: list(storedValue) }),
  ...pollResults,
};

export type Results = { [M in RequestMethod]: Infer<(typeof results)[M]> };
