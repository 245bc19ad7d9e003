import {
  HMSReactiveStore,
  HMSRoomState,
  selectHMSMessages,
  selectIsPeerAudioEnabled,
  selectIsPeerVideoEnabled,
  selectPeerScreenSharing,
  selectPeers,
  selectRemotePeers,
  selectRoomState,
  selectScreenShareByPeerID,
} from '@100mslive/hms-video-store';
import { type SeatView, showVideos } from './seat.js';

const hms = new HMSReactiveStore();
hms.triggerOnSubscribe();
const actions = hms.getActions();
const store = hms.getStore();

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
