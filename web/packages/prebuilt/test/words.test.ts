import { describe, expect, it } from 'vitest';
import { audienceNote, sendOptionsOf } from '../src/chat/audience.js';
import { piecesOf } from '../src/chat/links.js';
import { unreadCount } from '../src/chat/unread.js';
import { levelOf } from '../src/devices/level.js';
import { noticeOf } from '../src/leave/failure-screen.js';
import { farewellOf } from '../src/leave/leave-screen.js';
import { initials } from '../src/parts/avatar.js';
import { recall, remember } from '../src/state/memory.js';
import { en } from '../src/texts/en.js';
import { withToast } from '../src/toasts/toast-list.js';

describe('links in messages', () => {
  it('finds addresses and leaves the sentence around them', () => {
    expect(piecesOf('See https://a.example/b?c=1, or www.d.example.')).toEqual([
      { text: 'See ' },
      { text: 'https://a.example/b?c=1', href: 'https://a.example/b?c=1' },
      { text: ', or ' },
      { text: 'www.d.example', href: 'https://www.d.example/' },
      { text: '.' },
    ]);
  });

  it('takes a closing bracket only when it was opened inside', () => {
    expect(piecesOf('(https://a.example/x)')[1]?.text).toBe('https://a.example/x');
    expect(piecesOf('https://a.example/x_(y)')[0]?.text).toBe('https://a.example/x_(y)');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '<script>', 'a.b', 'http://', 'file:///etc/passwd'])(
    'makes no link of %s',
    (text) => {
      expect(piecesOf(text)).toEqual([{ text }]);
    },
  );
});

describe('audience', () => {
  it('turns a choice into what the SDK sends to', () => {
    expect(sendOptionsOf('everyone')).toEqual({});
    expect(sendOptionsOf('role:co-host')).toEqual({ roles: ['co-host'] });
    expect(sendOptionsOf('peer:p:1')).toEqual({ peerId: 'p:1' });
  });

  it('marks what not everybody gets', () => {
    const names = (id: string) => (id === 'bo' ? 'Bo' : undefined);
    expect(audienceNote({ kind: 'everyone' }, en.chat, 'me', names)).toBe('');
    expect(audienceNote({ kind: 'peer', peerId: 'me' }, en.chat, 'me', names)).toBe('to you only');
    expect(audienceNote({ kind: 'peer', peerId: 'bo' }, en.chat, 'me', names)).toBe('to Bo only');
    expect(audienceNote({ kind: 'peer', peerId: 'x' }, en.chat, 'me', names)).toBe(
      'to someone who left only',
    );
  });
});

describe('unreadCount', () => {
  const message = (id: string, isLocal = false) => ({
    id,
    isLocal,
    time: 0,
    text: '',
    senderId: 'bo',
    senderName: 'Bo',
    audience: { kind: 'everyone' } as const,
  });

  it('counts messages of others after the last read one', () => {
    const messages = [message('1'), message('2'), message('3', true), message('4')];
    expect(unreadCount(messages, '1')).toBe(2);
    expect(unreadCount(messages, undefined)).toBe(3);
    expect(unreadCount(messages, '4')).toBe(0);
  });

  it('counts all when the last read one is no longer kept', () => {
    expect(unreadCount([message('8'), message('9')], '1')).toBe(2);
  });
});

describe('levelOf', () => {
  it('maps silence to 0, a loud voice to 1, and stays between', () => {
    expect(levelOf(new Float32Array(8))).toBe(0);
    expect(levelOf(new Float32Array(8).fill(1))).toBe(1);
    expect(levelOf(new Float32Array(8).fill(0.01))).toBeCloseTo(0.4, 2);
  });
});

describe('notices', () => {
  it('knows a full room by what the server says, as it has no code of its own', () => {
    expect(noticeOf({ code: 'refused', status: 403, message: 'room is full' }, en)).toBe(en.roomFull);
    expect(noticeOf({ code: 'refused', status: 400, message: 'no such role' }, en)).toMatchObject({
      title: 'You cannot join now',
      detail: 'Server: no such role',
    });
  });

  it('names who removed and why', () => {
    const farewell = farewellOf({ kind: 'removed', by: 'bo', message: 'noise' }, 'Asha', 'Bo', en);
    expect(farewell).toEqual({
      title: 'You were removed from the room',
      body: 'Bo removed you.',
      detail: 'Reason: noise',
    });
  });
});

describe('initials', () => {
  it.each([
    ['Asha', 'A'],
    ['bo  van dijk', 'BD'],
    ['王小明', '王'],
    ['😀 Smile', '😀S'],
    ['  ', '?'],
  ])('of "%s" are %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe('withToast', () => {
  it('makes one of several joins, and keeps five at most', () => {
    let toasts = withToast([], 'joined', 'Bo', 1);
    toasts = withToast(toasts, 'joined', 'Dana', 2);
    toasts = withToast(toasts, 'joined', 'Farah', 3);
    expect(toasts).toEqual([{ id: 3, kind: 'joined', text: 'Bo', others: 2 }]);
    for (let id = 4; id < 10; id++) toasts = withToast(toasts, 'info', `news ${id}`, id);
    expect(toasts.map((toast) => toast.id)).toEqual([5, 6, 7, 8, 9]);
  });

  it('does not repeat the same error in two cards', () => {
    const toasts = withToast(withToast([], 'error', 'no', 1), 'error', 'no', 2);
    expect(toasts.map((toast) => toast.id)).toEqual([2]);
  });
});

describe('memory', () => {
  it('keeps what was chosen', () => {
    remember({ name: 'Asha', cameraOn: false });
    remember({ devices: { camera: 'c1' } });
    expect(recall()).toMatchObject({
      name: 'Asha',
      cameraOn: false,
      microphoneOn: true,
      devices: { camera: 'c1' },
    });
  });

  it.each(['nonsense', 'null', '[]', '{"name":5,"devices":"x","theme":"pink","tilesPerPage":1e9}'])(
    'is not disturbed by %s in the storage',
    (stored) => {
      localStorage.setItem('stoa.prebuilt', stored);
      expect(recall()).toMatchObject({ name: '', devices: {}, theme: 'system', microphoneOn: true });
      expect(recall().tilesPerPage).toBeLessThanOrEqual(49);
    },
  );
});
