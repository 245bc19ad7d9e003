import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../src/session/session.js';
import { reduce } from '../src/state/reduce.js';
import { initialState } from '../src/state/state.js';
import { createWhiteboards } from '../src/whiteboard.js';

const GRANTED = {
  id: 'wb-1',
  addr: 'a.example',
  token: 'x.y.z',
  owner: 'u-1',
  permissions: ['read', 'write'],
};

let asked: [string, unknown][];
let refused: string | undefined;

const room = {
  joined: true,
  request: (method: string, params: unknown) => {
    asked.push([method, params]);
    return Promise.resolve(
      method === refused
        ? { ok: false, code: 403, message: 'no' }
        : { ok: true, value: method === 'whiteboard-close' ? {} : GRANTED },
    );
  },
};
const whiteboards = createWhiteboards(() => room as unknown as Session);

beforeEach(() => {
  asked = [];
  refused = undefined;
});

describe('a whiteboard', () => {
  it('is made, then asked for its address and token', async () => {
    expect(await whiteboards.start('Plan')).toEqual({
      ok: true,
      value: {
        id: 'wb-1',
        address: 'a.example',
        token: 'x.y.z',
        owner: 'u-1',
        permissions: ['read', 'write'],
      },
    });
    expect(asked).toEqual([
      ['whiteboard-create', { title: 'Plan' }],
      ['whiteboard-get', { id: 'wb-1' }],
    ]);
  });

  it('is not asked for when it was refused', async () => {
    refused = 'whiteboard-create';
    expect(await whiteboards.start('Plan')).toMatchObject({ ok: false, failure: { code: 'forbidden' } });
    expect(asked).toHaveLength(1);
  });

  it('is ended for everybody', async () => {
    expect(await whiteboards.stop('wb-1')).toEqual({ ok: true, value: undefined });
    expect(asked).toEqual([['whiteboard-close', { id: 'wb-1' }]]);
  });

  it('is in the state as the server tells', () => {
    const told = (state: string) =>
      reduce(initialState, {
        type: 'notification',
        notification: {
          method: 'on-whiteboard-update',
          params: { id: 'wb-1', title: 'Plan', owner: 'u-1', state },
        },
      }).whiteboard;
    expect(initialState.whiteboard).toBeUndefined();
    expect(told('open')).toEqual({ id: 'wb-1', title: 'Plan', owner: 'u-1', open: true });
    expect(told('closed')?.open).toBe(false);
  });
});
