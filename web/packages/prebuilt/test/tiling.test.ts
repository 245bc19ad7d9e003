import { describe, expect, it } from 'vitest';
import { bestTiling } from '../src/tiles/tiling.js';

const area = (width: number, height: number, minAspect = 4 / 3) => ({
  width,
  height,
  gap: 8,
  minAspect,
  maxAspect: 16 / 9,
});

describe('bestTiling', () => {
  it('gives one tile all the height of a wide window', () => {
    expect(bestTiling(1, area(1600, 720))).toEqual({ columns: 1, rows: 1, width: 1280, height: 720 });
  });

  it('puts two people side by side in a wide window and over each other in a tall one', () => {
    expect(bestTiling(2, area(1280, 600))).toMatchObject({ columns: 2, rows: 1 });
    expect(bestTiling(2, area(360, 520, 3 / 4))).toMatchObject({ columns: 1, rows: 2 });
  });

  it('draws nine people as three by three', () => {
    expect(bestTiling(9, area(1280, 720))).toMatchObject({ columns: 3, rows: 3 });
  });

  it('gives nothing for nobody, and for a window without room', () => {
    expect(bestTiling(0, area(1280, 720))).toEqual({ columns: 0, rows: 0, width: 0, height: 0 });
    expect(bestTiling(3, area(0, 0))).toEqual({ columns: 0, rows: 0, width: 0, height: 0 });
  });

  it('never overflows the window, keeps the shape of tiles, and is never beaten by another number of columns', () => {
    for (let count = 1; count <= 30; count++) {
      for (const [width, height] of [
        [1280, 600],
        [360, 520],
        [1920, 400],
        [500, 1000],
      ] as const) {
        const tiling = bestTiling(count, area(width, height));
        expect(tiling.columns * tiling.rows).toBeGreaterThanOrEqual(count);
        expect(tiling.columns * (tiling.width + 8) - 8).toBeLessThanOrEqual(width);
        expect(tiling.rows * (tiling.height + 8) - 8).toBeLessThanOrEqual(height);
        const aspect = tiling.width / tiling.height;
        expect(aspect).toBeGreaterThan(4 / 3 - 0.05);
        expect(aspect).toBeLessThan(16 / 9 + 0.05);
        for (let columns = 1; columns <= count; columns++) {
          const rows = Math.ceil(count / columns);
          const cellWidth = (width - 8 * (columns - 1)) / columns;
          const cellHeight = (height - 8 * (rows - 1)) / rows;
          const other =
            Math.floor(Math.min(cellWidth, (cellHeight * 16) / 9)) *
            Math.floor(Math.min(cellHeight, (cellWidth * 3) / 4));
          expect(tiling.width * tiling.height).toBeGreaterThanOrEqual(other);
        }
      }
    }
  });
});
