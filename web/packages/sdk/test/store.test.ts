import { describe, expect, it } from 'vitest';
import type { Event } from '../src/state/events.js';
import { reduce } from '../src/state/reduce.js';
import { initialState } from '../src/state/state.js';
import { createStore, shallowEqual } from '../src/state/store.js';

const store = () => createStore<Event>(initialState, reduce);
const flags = (...names: string[]): Event => ({ type: 'flags', flags: names });

describe('store', () => {
  it('tells a listener the new and the old pick, once per change', () => {
    const s = store();
    const seen: unknown[] = [];
    s.subscribe(
      (state) => state.flags.length,
      (now, before) => seen.push([now, before]),
    );
    s.dispatch(flags('a'));
    s.dispatch(flags('b'));
    s.dispatch(flags('a', 'b'));
    expect(seen).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });

  it('tells nothing after the listener stopped', () => {
    const s = store();
    let calls = 0;
    const stop = s.subscribe(
      (state) => state.flags,
      () => calls++,
    );
    stop();
    s.dispatch(flags('a'));
    expect(calls).toBe(0);
  });

  it('does not call for a list that was built anew with the same members', () => {
    const s = store();
    let calls = 0;
    s.subscribe(
      (state) => state.flags.filter((name) => name !== 'b'),
      () => calls++,
      shallowEqual,
    );
    s.dispatch(flags('a'));
    s.dispatch(flags('a', 'b'));
    expect(calls).toBe(1);
  });

  it('applies an event sent by a listener after all were told of the first', () => {
    const s = store();
    const seen: string[] = [];
    s.subscribe(
      (state) => state.flags,
      (now) => {
        if (now.length === 1) s.dispatch(flags('a', 'b'));
      },
    );
    s.subscribe(
      (state) => state.flags,
      (now) => seen.push(now.join()),
    );
    s.dispatch(flags('a'));
    expect(seen).toEqual(['a', 'a,b']);
  });
});

describe('shallowEqual', () => {
  it.each([
    [[1, 2], [1, 2], true],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [{ a: 1 }, { a: 1 }, true],
    [{ a: 1 }, { b: 1 }, false],
    [undefined, [], false],
    [null, null, true],
  ])('%j and %j: %s', (a, b, equal) => {
    expect(shallowEqual<unknown>(a, b)).toBe(equal);
  });
});
