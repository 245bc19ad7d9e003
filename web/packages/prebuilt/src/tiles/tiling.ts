/** How equal tiles fill an area. Lengths in CSS pixels. */
export interface Tiling {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
}

export interface Area {
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  /** Narrowest tile, width by height. A narrower cell gets bars above and below. */
  readonly minAspect: number;
  /** Widest tile. A wider cell gets bars at the sides. */
  readonly maxAspect: number;
}

const NOTHING: Tiling = { columns: 0, rows: 0, width: 0, height: 0 };

/**
 * The tiling with the largest tiles. Every number of columns is tried, as for a call there are few; of two
 * equal ones the one with fewer empty places wins.
 */
export function bestTiling(count: number, area: Area): Tiling {
  let best = NOTHING;
  for (let columns = 1; columns <= count; columns++) {
    const tiling = withColumns(count, columns, area);
    const gain = tiling.width * tiling.height - best.width * best.height;
    const fuller = tiling.columns * tiling.rows < best.columns * best.rows;
    if (gain > 0 || (gain === 0 && fuller)) best = tiling;
  }
  return best;
}

function withColumns(count: number, columns: number, area: Area): Tiling {
  const { gap, minAspect, maxAspect } = area;
  const rows = Math.ceil(count / columns);
  const cellWidth = (area.width - gap * (columns - 1)) / columns;
  const cellHeight = (area.height - gap * (rows - 1)) / rows;
  if (cellWidth < 1 || cellHeight < 1) return NOTHING;
  const aspect = cellWidth / cellHeight;
  // Whole pixels: a fraction too much would push the last tile of a row into the next.
  return {
    columns,
    rows,
    width: Math.floor(aspect > maxAspect ? cellHeight * maxAspect : cellWidth),
    height: Math.floor(aspect < minAspect ? cellWidth / minAspect : cellHeight),
  };
}
