import { createActions } from './actions.js';
import type { Stoa, StoaEvent, StoaOptions } from './api.js';
import { browserEnv, type Env } from './env.js';
import { Life } from './life.js';
import { LocalSources } from './local/local-media.js';
import { MediaTable } from './media/media-table.js';
import { createPolls } from './polls.js';
import { AudioOut } from './remote/audio-out.js';
import { VideoViews } from './remote/video-views.js';
import type { Event } from './state/events.js';
import { reduce } from './state/reduce.js';
import { initialState } from './state/state.js';
import { createStore } from './state/store.js';
import { createWhiteboards } from './whiteboard.js';

/** One seat for one room at a time. Nothing of the browser is touched before it is used. */
export function createStoa(options: StoaOptions = {}): Stoa {
  return assemble(browserEnv(), options);
}

/** Wires the parts; `env` is the outside world. */
export function assemble(env: Env, options: StoaOptions): Stoa {
  const store = createStore<Event>(initialState, reduce);
  const media = new MediaTable();
  const listeners = new Set<(event: StoaEvent) => void>();

  const life = new Life({
    env,
    endpoint: () => new URL(options.endpoint ?? location.origin).origin,
    store,
    media,
    emit: (event) => {
      for (const tell of [...listeners]) tell(event);
    },
    emptied: () => {
      views.reset();
      audio.reset();
    },
  });
  const session = () => life.session;
  const local = new LocalSources({ env, store, media, session });
  life.use(local);

  const views = new VideoViews({
    clock: env.clock,
    store,
    media,
    prefer: (trackId, layer) => session()?.channel.preferLayer(trackId, layer),
  });
  const audio = new AudioOut({
    store,
    media,
    prefer: (trackId, subscribed) => session()?.channel.preferAudio(trackId, subscribed),
    blocked: (blocked) => store.dispatch({ type: 'audio-blocked', blocked }),
  });
  store.subscribe(
    (state) => state.tracks,
    (now, before) => {
      for (const id of Object.keys(before)) if (now[id] === undefined) session()?.channel.forget(id);
    },
  );

  return {
    store,
    local,
    polls: createPolls(store, session),
    whiteboard: createWhiteboards(session),
    ...createActions(store, session),
    preview: (preview) => life.preview(preview),
    join: (join) => life.join(join),
    leave: async () => life.leave(),
    endRoom: ({ lock = false, reason = '' } = {}) => life.endRoom(lock, reason),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attachVideo: (trackId, element) => views.attach(trackId, element),
    mediaOf: (trackId) => media.get(trackId),
    resumeAudio: () => audio.resume(),
    setVolume: (trackId, volume) => audio.setVolume(trackId, volume),
    counters: () => ({ ...life.counters }),
  };
}
