import { createStoa, type Poll, type Result, type Stoa, selectPeers, shallowEqual } from '@stoa/sdk';
import { type SeatView, showVideos } from './seat.js';

declare global {
  interface Window {
    stoaPolls: {
      readonly use: () => Stoa['polls'];
      readonly known: (id: string) => Poll | undefined;
    };
  }
}

let stoa: Stoa;

function must(result: Result<unknown, { readonly code: string }>): void {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
}

function watch(): void {
  const show = showVideos((id, element) => stoa.attachVideo(id, element));
  stoa.store.subscribe(
    (state) =>
      Object.values(state.tracks)
        .filter((track) => track.kind === 'video' && track.peerId !== state.local.peerId)
        .map((track) => track.id),
    show,
    shallowEqual,
  );
}

function view(): SeatView {
  const state = stoa.store.get();
  const on = (peerId: string, kind: string, source: string) =>
    Object.values(state.tracks).some(
      (track) => track.peerId === peerId && track.kind === kind && track.source === source && !track.muted,
    );
  const { status } = state.connection;
  return {
    connection: status === 'connected' ? 'in' : status === 'reconnecting' ? 'repairing' : 'out',
    peers: selectPeers(state).map(({ id, name, isLocal }) => ({
      name,
      isLocal,
      microphone: on(id, 'audio', 'regular'),
      camera: on(id, 'video', 'regular'),
      screen: on(id, 'video', 'screen'),
    })),
    messages: state.messages.map(({ senderName, text }) => ({ from: senderName, text })),
  };
}

window.seat = {
  async join(server, roomCode, name) {
    stoa = createStoa({ endpoint: server });
    watch();
    must(await stoa.join({ roomCode, name }));
  },
  leave: () => stoa.leave(),
  setMicrophone: async (on) => must(await stoa.local.setMicrophone(on)),
  setCamera: async (on) => must(await stoa.local.setCamera(on)),
  setScreen: async (on) => must(await stoa.local.setScreenShare(on)),
  say: async (text) => must(await stoa.sendMessage(text)),
  view,
};

window.stoaPolls = { use: () => stoa.polls, known: (id) => stoa.store.get().polls[id] };
