import { useRef, useState } from 'react';
import { usePhone } from '../parts/use-media.js';
import { useSize } from '../parts/use-size.js';
import { usePreferences } from '../state/preferences.js';
import { useTexts } from '../texts/texts.js';
import { Pager } from './pager.js';
import { pageCount, pageOf } from './pages.js';
import { Tile } from './tile.js';
import { bestTiling } from './tiling.js';
import { useOrder } from './use-order.js';

const GAP = 8;
const TILES_ON_PHONE = 4;
/** Where a window is taller than wide, tiles may be so too. */
const NARROWEST = { wide: 4 / 3, tall: 3 / 4 };

/** Equal tiles, as large as the window lets them be. */
export function Grid() {
  const { meeting: texts } = useTexts();
  const { value: preferences } = usePreferences();
  const phone = usePhone();
  const area = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(area);
  const [wanted, setPage] = useState(0);

  const pageSize = phone ? TILES_ON_PHONE : preferences.tilesPerPage;
  const order = useOrder(pageSize);
  const pages = pageCount(order.length, pageSize);
  const page = Math.min(wanted, pages - 1);
  const shown = pageOf(order, page, pageSize);
  const minAspect = width < height ? NARROWEST.tall : NARROWEST.wide;
  const tiling = bestTiling(shown.length, { width, height, gap: GAP, minAspect, maxAspect: 16 / 9 });

  return (
    <div className="stoa-grid">
      <div className="stoa-grid-area" ref={area}>
        <ul
          className="stoa-tiles"
          aria-label={texts.stage}
          style={{ width: tiling.columns * (tiling.width + GAP) - GAP, gap: GAP }}
        >
          {shown.map((peerId) => (
            <Tile key={peerId} peerId={peerId} style={{ width: tiling.width, height: tiling.height }} />
          ))}
        </ul>
      </div>
      <Pager page={page} pages={pages} onPage={setPage} />
    </div>
  );
}
