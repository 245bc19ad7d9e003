import { anything, finite, flag, type Infer, list, mapOf, object, oneOf, text } from './check.js';

export const sessionDescription = object({ type: oneOf('offer', 'answer'), sdp: text });
export type SessionDescription = Infer<typeof sessionDescription>;

/** Answer to `join`: a description unless the role needs no media, and the media node's id. */
export const joinResult = object({}, { type: oneOf('answer'), sdp: text, sfu_node_id: text });
export type JoinResult = Infer<typeof joinResult>;

/** `candidate` may be empty: some browsers say "end of candidates" so. */
export const iceCandidate = object(
  { candidate: text },
  { sdpMid: anything, sdpMLineIndex: anything, usernameFragment: anything },
);
export type WireIceCandidate = RTCIceCandidateInit;

/** A published track; the same object in both directions. `source` is open: applications add their own. */
export const track = object(
  { track_id: text, stream_id: text, type: oneOf('audio', 'video'), source: text, mute: flag },
  { description: text },
);
export type WireTrack = Infer<typeof track>;
export const trackMap = mapOf(track);

export const peerInfo = object({ name: text, data: text, user_id: text }, { type: text });
export type WirePeerInfo = Infer<typeof peerInfo>;

export const peer = object(
  { peer_id: text, role: text, groups: list(text), info: peerInfo, tracks: trackMap },
  { realtime: flag, joined_at: finite },
);
export type WirePeer = Infer<typeof peer>;

const mediaSettings = object(
  {},
  { bitRate: finite, codec: text, frameRate: finite, width: finite, height: finite },
);

/** `maxBitrate` in kbit/s; `rid` is `f`, `h` or `q`. */
export const simulcastLayer = object(
  { rid: text },
  { scaleResolutionDownBy: finite, maxBitrate: finite, maxFramerate: finite },
);
export type SimulcastLayer = Infer<typeof simulcastLayer>;
const simulcastSet = object({}, { layers: list(simulcastLayer) });

export const publishParams = object(
  // `audio`, `video`, `screen`; open, because one unknown word must not cost the whole policy.
  { allowed: list(text) },
  {
    audio: mediaSettings,
    video: mediaSettings,
    screen: mediaSettings,
    simulcast: object({}, { video: simulcastSet, screen: simulcastSet }),
  },
);
export type PublishParams = Infer<typeof publishParams>;

export const role = object(
  {
    name: text,
    publishParams,
    subscribeParams: object({ subscribeToRoles: list(text) }, { maxSubsBitRate: finite }),
    permissions: mapOf(anything),
  },
  { priority: finite, maxPeerCount: finite },
);
export type WireRole = Infer<typeof role>;

export const policy = object(
  { name: text, known_roles: mapOf(role) },
  { template_id: text, app_data: anything, plugins: mapOf(anything) },
);
export type Policy = Infer<typeof policy>;

const output = object({}, { enabled: flag, state: text, started_at: finite, initialised_at: finite });

export const hlsVariant = object(
  {},
  {
    url: text,
    meeting_url: text,
    metadata: text,
    playlist_type: text,
    stream_type: text,
    state: text,
    initialised_at: finite,
    started_at: finite,
  },
);

export const roomState = object(
  { name: text, session_id: text, started_at: finite },
  {
    recording: object({}, { sfu: output, browser: output, hls: output }),
    streaming: object(
      {},
      { enabled: flag, rtmp: output, hls: object({}, { enabled: flag, variants: list(hlsVariant) }) },
    ),
    transcriptions: list(anything),
  },
);
export type WireRoomState = Infer<typeof roomState>;

/** Spatial layers as the api channel and `on-track-layer-update` name them, worst first. */
export const layers = ['none', 'low', 'medium', 'high'] as const;
export type Layer = (typeof layers)[number];
export const layer = oneOf(...layers);
