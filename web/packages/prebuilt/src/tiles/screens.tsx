import { type StoaState, selectScreens, shallowEqual, type Track } from '@stoa/sdk';
import { Maximize, ScreenShare } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '../parts/icon-button.js';
import { usePhone } from '../parts/use-media.js';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { Pager } from './pager.js';
import { pageCount, pageOf } from './pages.js';
import { Tile } from './tile.js';
import { useOrder } from './use-order.js';
import { Video } from './video.js';

const STRIP_TILES = { wide: 4, phone: 2 };

/** Screens shared by others. The own one is not drawn, as it would show itself without end. */
export const selectForeignScreens = (state: StoaState): readonly Track[] =>
  selectScreens(state).filter((track) => track.peerId !== state.local.peerId && !track.muted);

/** A shared screen large, people in a strip beside it. */
export function Screens() {
  const screens = useStoaState(selectForeignScreens, shallowEqual);
  const [wanted, setScreen] = useState(0);
  const place = Math.min(wanted, screens.length - 1);
  const screen = screens[place];
  if (screen === undefined) return null;
  return (
    <div className="stoa-screens">
      <div className="stoa-screen-column">
        <Screen key={screen.id} track={screen} />
        <Pager page={place} pages={screens.length} onPage={setScreen} />
      </div>
      <Strip />
    </div>
  );
}

function Screen({ track }: { readonly track: Track }) {
  const { tile: texts, meeting } = useTexts();
  const name = useStoaState((state) => state.peers[track.peerId]?.name ?? '');
  const figure = useRef<HTMLElement>(null);
  return (
    <figure
      ref={figure}
      className="stoa-screen"
      aria-label={texts.screenOf(name)}
      data-peer-id={track.peerId}
      data-track-id={track.id}
    >
      <Video trackId={track.id} peerId={track.peerId} whole />
      <figcaption className="stoa-tile-name">
        <ScreenShare aria-hidden="true" />
        <span className="stoa-ellipsis">{texts.screenOf(name)}</span>
      </figcaption>
      {document.fullscreenEnabled && (
        <div className="stoa-screen-tools">
          <IconButton
            label={meeting.fullScreen}
            onClick={() => void figure.current?.requestFullscreen().catch(() => undefined)}
          >
            <Maximize aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </figure>
  );
}

function Strip() {
  const { meeting: texts } = useTexts();
  const pageSize = usePhone() ? STRIP_TILES.phone : STRIP_TILES.wide;
  const [wanted, setPage] = useState(0);
  const order = useOrder(pageSize);
  const pages = pageCount(order.length, pageSize);
  const page = Math.min(wanted, pages - 1);
  return (
    <div className="stoa-strip">
      <ul className="stoa-strip-tiles" aria-label={texts.stage}>
        {pageOf(order, page, pageSize).map((peerId) => (
          <Tile key={peerId} peerId={peerId} />
        ))}
      </ul>
      <Pager page={page} pages={pages} onPage={setPage} />
    </div>
  );
}

/** Reminds of the own share, which the browser's bar alone does not always do. */
export function SharingBar() {
  const stoa = useStoa();
  const { tile, meeting } = useTexts();
  const sharing = useStoaState((state) => state.local.screen.on);
  if (!sharing) return null;
  return (
    <div className="stoa-bar" role="status">
      <ScreenShare aria-hidden="true" />
      <span>{tile.sharing}</span>
      <button type="button" className="stoa-button" onClick={() => void stoa.local.setScreenShare(false)}>
        {meeting.stopShare}
      </button>
    </div>
  );
}
