import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  type Check,
  channelRequests,
  clientNotifications,
  type Frame,
  notifications,
  object,
  oneOf,
  parseFrame,
  requests,
  results,
  text,
} from '../src/index.js';

const root = fileURLToPath(new URL('../../../../protocol/signal/', import.meta.url));

interface Sample {
  readonly file: string;
  readonly method: string;
  readonly content: string;
}

const samples = (folder: string): Sample[] =>
  readdirSync(root + folder).map((file) => ({
    file,
    method: file.replace(/\.json$/, '').split('+')[0] ?? '',
    content: readFileSync(`${root}${folder}/${file}`, 'utf8'),
  }));

const kinds = (folder: 'good' | 'bad') => readdirSync(root + folder);

type Checks = Readonly<Record<string, Check<unknown>>>;
const anyParams = object({});
const envelope = (params: Check<unknown>, withId: boolean) =>
  object({ method: text, params, ...(withId ? { id: text, jsonrpc: oneOf('2.0') } : {}) });

/** Reason why a message is refused. Methods without a check here are still held to the envelope. */
function refusal(kind: string, { method, content }: Sample): string | undefined {
  const fromClient = (checks: Checks, withId: boolean) => {
    const message: unknown = JSON.parse(content);
    return envelope(checks[method] ?? anyParams, withId)(message);
  };
  switch (kind) {
    case 'client-request':
      return fromClient(requests, true);
    case 'channel-request':
      return fromClient(channelRequests, true);
    case 'client-notification':
      return fromClient(clientNotifications, false);
    default:
      return refusalOfServer(kind, method, parseFrame(content));
  }
}

const checkOfResult = (method: string): Check<unknown> => (results as Checks)[method] ?? anyParams;

function refusalOfServer(kind: string, method: string, frame: Frame): string | undefined {
  if (frame.kind === 'bad') return frame.reason;
  if (frame.kind === 'error') return frame.code === 0 ? frame.message : wrongKind(kind, 'error');
  if (frame.kind === 'result') return checkOfResult(method)(frame.result) ?? wrongKind(kind, 'result');
  if (frame.kind === 'unknown-method') return `unknown method ${frame.method}`;
  return wrongKind(kind, 'notification');
}

const wrongKind = (kind: string, is: string) => (kind.endsWith(is) ? undefined : `a ${is}, not a ${kind}`);

describe('good samples are accepted', () => {
  for (const kind of kinds('good')) {
    it.each(samples(`good/${kind}`))(`${kind}/$file`, (sample) => {
      expect(refusal(kind, sample)).toBeUndefined();
    });
  }
});

describe('bad samples are refused with a reason', () => {
  for (const kind of kinds('bad')) {
    it.each(samples(`bad/${kind}`))(`${kind}/$file`, (sample) => {
      expect(refusal(kind, sample)).toMatch(/./);
    });
  }
});

describe('the samples cover the protocol', () => {
  it.each([
    ['client-request', Object.keys(requests)],
    ['client-notification', Object.keys(clientNotifications)],
    ['server-notification', Object.keys(notifications)],
    ['channel-request', Object.keys(channelRequests)],
  ])('%s', (kind, methods) => {
    const there = new Set(samples(`good/${kind}`).map((sample) => sample.method));
    expect(methods.filter((method) => !there.has(method))).toEqual([]);
  });
});
