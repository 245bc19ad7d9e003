import {
  HMSNotificationTypes,
  type HMSPoll,
  type HMSPollCreateParams,
  HMSReactiveStore,
  HMSRoomState,
  selectHasPeerHandRaised,
  selectHMSMessages,
  selectIsLargeRoom,
  selectIsPeerAudioEnabled,
  selectIsPeerVideoEnabled,
  selectLocalPeer,
  selectPeerCount,
  selectPeerScreenSharing,
  selectPeers,
  selectPollByID,
  selectRemotePeers,
  selectRoleChangeRequest,
  selectRoomState,
  selectScreenShareByPeerID,
  selectSessionStore,
} from '@100mslive/hms-video-store';
import { type SeatView, showVideos } from './seat.js';

const hms = new HMSReactiveStore();
hms.triggerOnSubscribe();
export const actions = hms.getActions();
export const store = hms.getStore();

function watch(): void {
  const show = showVideos((id, element) => {
    void actions.attachVideo(id, element);
    return () => void actions.detachVideo(id, element);
  });
  store.subscribe(() => {
    const cameras = store.getState(selectRemotePeers).map((peer) => peer.videoTrack);
    const screens = store
      .getState(selectRemotePeers)
      .map((peer) => store.getState(selectScreenShareByPeerID(peer.id))?.id);
    show([...cameras, ...screens].filter((id) => id !== undefined));
  });
}

function view(): SeatView {
  const state = store.getState(selectRoomState);
  return {
    connection:
      state === HMSRoomState.Connected ? 'in' : state === HMSRoomState.Reconnecting ? 'repairing' : 'out',
    peers: store.getState(selectPeers).map((peer) => ({
      name: peer.name,
      isLocal: peer.isLocal,
      microphone: store.getState(selectIsPeerAudioEnabled(peer.id)),
      camera: store.getState(selectIsPeerVideoEnabled(peer.id)),
      screen: store.getState(selectPeerScreenSharing)?.id === peer.id,
    })),
    messages: store.getState(selectHMSMessages).map(({ senderName, message }) => ({
      from: senderName ?? '',
      text: String(message),
    })),
  };
}

window.seat = {
  async join(server, roomCode, userName) {
    watch();
    const authToken = await actions.getAuthTokenByRoomCode({ roomCode }, { endpoint: `${server}/v2/token` });
    // The SDK takes only addresses that contain `https://`, and cuts the path off.
    await actions.join({ userName, authToken, initEndpoint: `${server}/https://local` });
  },
  leave: () => actions.leave(),
  setMicrophone: (on) => actions.setLocalAudioEnabled(on),
  setCamera: (on) => actions.setLocalVideoEnabled(on),
  setScreen: (on) => actions.setScreenShareEnabled(on),
  say: async (text) => void (await actions.sendBroadcastMessage(text)),
  view,
};

const notices: string[] = [];
hms.getNotifications().onNotification((notice) => {
  if (
    notice.type === HMSNotificationTypes.REMOVED_FROM_ROOM ||
    notice.type === HMSNotificationTypes.ROOM_ENDED
  ) {
    notices.push(`${notice.type}: ${notice.data.reason}`);
  }
});

const other = (name: string) => {
  const found = store.getState(selectRemotePeers).find((peer) => peer.name === name);
  if (found === undefined) throw new Error(`${name} is not here`);
  return found;
};

/** What people do with each other, which the seats of both SDKs do not share. */
const official = {
  raiseHand: (up: boolean) => (up ? actions.raiseLocalPeerHand() : actions.lowerLocalPeerHand()),
  lowerHandOf: (name: string) => actions.lowerRemotePeerHand(other(name).id),
  handOf: (name: string) => store.getState(selectHasPeerHandRaised(other(name).id)) === true,
  ownHand: () => store.getState(selectHasPeerHandRaised(store.getState(selectLocalPeer)?.id ?? '')) === true,
  rename: (name: string) => actions.changeName(name),
  mute: (name: string) => actions.setRemoteTrackEnabled(other(name).audioTrack ?? '', false),
  askToUnmute: (name: string) => actions.setRemoteTrackEnabled(other(name).audioTrack ?? '', true),
  changeRole: (name: string, role: string, force: boolean) =>
    actions.changeRoleOfPeer(other(name).id, role, force),
  roleOf: (name: string) => other(name).roleName,
  hasCamera: () => store.getState(selectLocalPeer)?.videoTrack !== undefined,
  ownRole: () => store.getState(selectLocalPeer)?.roleName,
  offeredRole: () => store.getState(selectRoleChangeRequest)?.role.name,
  acceptRole: async () => {
    const request = store.getState(selectRoleChangeRequest);
    if (request !== null) await actions.acceptChangeRole(request);
  },
  find: async (role: string) => {
    const iterator = actions.getPeerListIterator({ role });
    return (await iterator.next()).map((peer) => peer.name);
  },
  /** The names of each page, until there are no more. */
  pagesOf: async (role: string, limit: number) => {
    const iterator = actions.getPeerListIterator({ role, limit });
    const pages: string[][] = [];
    do {
      pages.push((await iterator.next()).map((peer) => peer.name));
    } while (iterator.hasNext() && pages.length < 10);
    return pages;
  },
  search: async (query: string) => (await actions.findPeerByName({ query })).peers.map((peer) => peer.name),
  /** To somebody who need not be in the list. */
  whisper: async (name: string, text: string) => {
    const found = (await actions.findPeerByName({ query: name })).peers[0];
    if (found === undefined) throw new Error(`nobody is called ${name}`);
    await actions.sendDirectMessage(text, found.id);
  },
  peerCount: () => store.getState(selectPeerCount),
  isLarge: () => store.getState(selectIsLargeRoom),
  describe: (metadata: object) => actions.changeMetadata(metadata),
  metadataOf: (name: string) => other(name).metadata,
  setValue: (key: string, value: unknown) => actions.sessionStore.set(key, value),
  observe: (key: string) => actions.sessionStore.observe(key),
  value: (key: string): unknown => store.getState(selectSessionStore(key)),
  remove: (name: string, reason: string) => actions.removePeer(other(name).id, reason),
  end: (lock: boolean, reason: string) => actions.endRoom(lock, reason),
  notices: () => notices,
  createPoll: (poll: HMSPollCreateParams) => actions.interactivityCenter.createPoll(poll),
  startPoll: (id: string) => actions.interactivityCenter.startPoll(id),
  stopPoll: (id: string) => actions.interactivityCenter.stopPoll(id),
  vote: (id: string, responses: Parameters<typeof actions.interactivityCenter.addResponsesToPoll>[1]) =>
    actions.interactivityCenter.addResponsesToPoll(id, responses),
  getPolls: () => actions.interactivityCenter.getPolls(),
  getResponses: async (id: string) => {
    const poll = store.getState(selectPollByID(id));
    if (poll) await actions.interactivityCenter.getPollResponses(poll, false);
  },
  leaderboard: (id: string) => actions.interactivityCenter.fetchLeaderboard(id, 0, 10),
  poll: (id: string) =>
    JSON.parse(JSON.stringify(store.getState(selectPollByID(id)) ?? null)) as HMSPoll | null,
};

declare global {
  interface Window {
    official: typeof official;
  }
}

window.official = official;
