import { describe, expect, it } from 'vitest';
import { nextOrder, pageCount, pageOf } from '../src/tiles/pages.js';

describe('nextOrder', () => {
  it('keeps places: who comes is last, who goes leaves no hole', () => {
    const before = ['me', 'a', 'b', 'c'];
    expect(nextOrder(before, ['me', 'c', 'd', 'a'], [], [], ['me'], 9)).toEqual(['me', 'a', 'c', 'd']);
  });

  it('keeps the own tile first, also when it comes later', () => {
    expect(nextOrder(['a', 'b'], ['a', 'me', 'b'], [], [], ['me'], 9)).toEqual(['me', 'a', 'b']);
  });

  it('brings a speaker of a later page to the place of the longest silent, not of the own tile', () => {
    const order = nextOrder(
      ['me', 'a', 'b', 'c', 'd'],
      ['me', 'a', 'b', 'c', 'd'],
      ['d'],
      ['d', 'b'],
      ['me'],
      3,
    );
    expect(order).toEqual(['me', 'd', 'b', 'c', 'a']);
  });

  it('does not move a speaker who is on the first page already', () => {
    const before = ['me', 'a', 'b', 'c'];
    expect(nextOrder(before, before, ['b'], ['b'], ['me'], 3)).toEqual(before);
  });

  it('does not send away somebody who speaks at the same time', () => {
    const before = ['a', 'b', 'c', 'd'];
    expect(nextOrder(before, before, ['a', 'b', 'd'], ['a', 'b', 'd'], [], 2)).toEqual(before);
  });
});

describe('pages', () => {
  it('counts at least one page', () => {
    expect([pageCount(0, 4), pageCount(4, 4), pageCount(5, 4)]).toEqual([1, 1, 2]);
  });

  it('cuts the last page short', () => {
    expect(pageOf(['a', 'b', 'c'], 1, 2)).toEqual(['c']);
  });
});
