import { describe, expect, it } from 'vitest';
import { codeIn, routeOf } from '../src/route.js';

const noFlags = {
  name: undefined,
  userId: undefined,
  token: undefined,
  skipPreview: false,
  skipPreviewHeadful: false,
};

describe('routeOf', () => {
  it.each([
    ['/preview/abc-defg-hij', false],
    ['/meeting/abc-defg-hij', true],
    ['/streaming/abc-defg-hij', true],
    ['/streaming/meeting/abc-defg-hij', true],
    ['/streaming/preview/abc-defg-hij/', false],
  ])('reads the code of %s', (path, meeting) => {
    expect(routeOf(path, '')).toEqual({ kind: 'call', code: 'abc-defg-hij', meeting, flags: noFlags });
  });

  it.each(['/', '/preview', '/preview/', '/elsewhere/abc-defg-hij', '/preview/a/b', '/preview/%E0%A4%A'])(
    'shows the landing page for %s',
    (path) => {
      expect(routeOf(path, '')).toEqual({ kind: 'landing' });
    },
  );

  it('reads the query flags of call links', () => {
    const route = routeOf('/meeting/a-b-c', '?name=%20Ada%20&userId=u-7&auth_token=t&skip_preview=true');
    expect(route).toMatchObject({
      flags: { name: 'Ada', userId: 'u-7', token: 't', skipPreview: true, skipPreviewHeadful: false },
    });
  });

  it('takes an empty name for none', () => {
    expect(routeOf('/meeting/a-b-c', '?name=')).toMatchObject({ flags: noFlags });
  });
});

describe('codeIn', () => {
  it.each([
    [' abc-defg-hij ', 'abc-defg-hij'],
    ['ABC-defg-hij', 'abc-defg-hij'],
    ['https://meet.example.org/preview/abc-defg-hij?name=x', 'abc-defg-hij'],
    ['meet.example.org/meeting/abc-defg-hij', 'abc-defg-hij'],
    ['/streaming/abc-defg-hij', 'abc-defg-hij'],
  ])('finds the code in %s', (typed, code) => {
    expect(codeIn(typed)).toBe(code);
  });

  it.each(['', 'two words', 'https://meet.example.org/', 'https://meet.example.org/dashboard/x'])(
    'finds none in "%s"',
    (typed) => {
      expect(codeIn(typed)).toBeUndefined();
    },
  );
});
