import { describe, expect, it } from 'vitest';
import { parseFrame } from '../src/index.js';

describe('parseFrame', () => {
  it('reads a message with an id and a method as a notification (signal.md 2.1 rule 5)', () => {
    const frame = parseFrame('{"id":"x","method":"node-info","params":{"sfu_node_id":"n-1"}}');
    expect(frame).toEqual({
      kind: 'notification',
      notification: { method: 'node-info', params: { sfu_node_id: 'n-1' } },
    });
  });

  it('names unknown methods instead of refusing them', () => {
    expect(parseFrame('{"method":"sdk-notification","params":{}}')).toEqual({
      kind: 'unknown-method',
      method: 'sdk-notification',
    });
  });

  it('does not take members of Object for methods', () => {
    expect(parseFrame('{"method":"constructor","params":{}}').kind).toBe('unknown-method');
  });

  it.each(['null', 'false', '0', '""'])('ends a request whose result is %s (rule 2)', (result) => {
    expect(parseFrame(`{"id":"r1","jsonrpc":"2.0","result":${result}}`)).toMatchObject({
      kind: 'error',
      id: 'r1',
      code: 0,
    });
  });

  it('ends a request whose result is missing', () => {
    expect(parseFrame('{"id":"r1","jsonrpc":"2.0"}')).toMatchObject({ kind: 'error', id: 'r1', code: 0 });
  });

  it('allows members it does not know', () => {
    expect(parseFrame('{"method":"node-info","params":{"sfu_node_id":"n","new":1},"new":2}').kind).toBe(
      'notification',
    );
  });

  it('says where a message is wrong', () => {
    expect(parseFrame('{"method":"active-speakers","params":{"speaker-list":[{"peer_id":"p"}]}}')).toEqual({
      kind: 'bad',
      reason: 'active-speakers: params.speaker-list[0].track_id: expected text',
    });
  });

  it.each([[new ArrayBuffer(2)], [undefined], [7]])('refuses what is not text: %s', (data) => {
    expect(parseFrame(data).kind).toBe('bad');
  });
});
