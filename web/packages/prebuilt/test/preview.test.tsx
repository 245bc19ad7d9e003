import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeStoa, role } from './fakes/fake-stoa.js';
import { show } from './fakes/render.js';

const nameField = () => screen.findByRole('textbox', { name: 'Your name' });

describe('preview', () => {
  it('joins with the name when Enter is pressed, and remembers it', async () => {
    const stoa = fakeStoa();
    const user = show(stoa);
    const join = await screen.findByRole('button', { name: 'Join Now' });
    expect(join).toHaveProperty('disabled', true);
    await user.type(await nameField(), '  Asha {Enter}');
    expect(stoa.calls).toContain('join Asha');
    expect(await screen.findByRole('toolbar', { name: 'Call controls' })).toBeTruthy();
    expect(localStorage.getItem('stoa.prebuilt')).toContain('Asha');
  });

  it('fills in the name of last time, and starts with the devices as they were', async () => {
    localStorage.setItem(
      'stoa.prebuilt',
      JSON.stringify({ name: 'Bo', devices: { camera: 'c2', microphone: 'gone' } }),
    );
    const stoa = fakeStoa();
    stoa.change({
      devices: {
        cameras: [
          { id: 'c1', label: 'A' },
          { id: 'c2', label: 'B' },
        ],
        microphones: [],
        speakers: [],
      },
    });
    show(stoa);
    expect(await nameField()).toHaveProperty('value', 'Bo');
    expect(stoa.calls).toContain('selectDevice camera c2');
    expect(stoa.calls.join()).not.toContain('gone');
  });

  it('locks a name given by the link', async () => {
    show(fakeStoa(), { name: 'Ada' });
    expect(await nameField()).toMatchObject({ value: 'Ada', readOnly: true });
  });

  it('turns camera and microphone on and off by button and by key, but not while a name is typed', async () => {
    const stoa = fakeStoa();
    const user = show(stoa);
    await user.click(await screen.findByRole('button', { name: 'Camera' }));
    expect(stoa.calls).toContain('set camera false');
    expect(screen.getByRole('button', { name: 'Camera' }).getAttribute('aria-pressed')).toBe('false');
    await user.keyboard('m');
    expect(stoa.calls).toContain('set microphone false');
    const before = stoa.calls.length;
    await user.type(await nameField(), 'mv');
    expect(stoa.calls.length).toBe(before);
  });

  it('shows neither picture nor switches to a role that may not publish', async () => {
    const stoa = fakeStoa('viewer', [role('viewer', { publishParams: { allowed: [] } }), role('host')]);
    show(stoa);
    await screen.findByRole('button', { name: 'Join Now' });
    expect(screen.queryByRole('region', { name: 'Your picture' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Camera' })).toBeNull();
    expect(screen.queryByRole('combobox', { name: 'Microphone' })).toBeNull();
  });

  it('says in plain words that the camera is blocked, and tries again', async () => {
    const stoa = fakeStoa();
    stoa.source('camera', {
      on: false,
      failure: { code: 'permission-denied', kind: 'camera', message: 'NotAllowedError' },
    });
    const user = show(stoa);
    expect((await screen.findByRole('alert')).textContent).toContain('Your browser blocks the camera');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(stoa.calls).toContain('set camera true');
  });

  it('changes the camera by the list', async () => {
    const stoa = fakeStoa();
    stoa.change({
      devices: {
        cameras: [
          { id: 'c1', label: 'A' },
          { id: 'c2', label: 'B' },
        ],
        microphones: [],
        speakers: [],
      },
    });
    const user = show(stoa);
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Camera' }), 'B');
    expect(stoa.calls).toContain('selectDevice camera c2');
    expect(localStorage.getItem('stoa.prebuilt')).toContain('c2');
  });

  it.each([
    [{ code: 'room-code-unknown', message: '' } as const, 'Room not found', false],
    [{ code: 'room-inactive', message: '' } as const, 'This room is closed', true],
    [{ code: 'token-invalid', message: '' } as const, 'Your invitation is no longer valid', false],
    [{ code: 'refused', status: 403, message: 'room is full' } as const, 'The room is full', true],
    [{ code: 'unreachable', message: '' } as const, 'The server does not answer', true],
  ])('tells $code', async (failure, title, again) => {
    const stoa = fakeStoa();
    stoa.nextJoin = failure;
    const user = show(stoa);
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
    const button = screen.queryByRole('button', { name: 'Try again' });
    expect(button !== null).toBe(again);
    if (button === null) return;
    stoa.nextJoin = undefined;
    await user.click(button);
    expect(await screen.findByRole('button', { name: 'Join Now' })).toBeTruthy();
  });

  it('joins at once when the preview is to be skipped', async () => {
    const stoa = fakeStoa();
    show(stoa, { start: 'skip-preview', name: 'Robot' });
    expect(await screen.findByRole('toolbar', { name: 'Call controls' })).toBeTruthy();
    expect(stoa.calls).not.toContain('preview');
    expect(stoa.calls).toContain('join Robot');
  });

  it('has neither header nor controls for a robot', async () => {
    const stoa = fakeStoa();
    show(stoa, { start: 'skip-preview', name: 'Robot', bare: true });
    expect(await screen.findByRole('list', { name: 'People in the call' })).toBeTruthy();
    expect(screen.queryByRole('toolbar')).toBeNull();
    expect(screen.queryByRole('banner')).toBeNull();
  });

  it('shows the leave screen when the server drops the preview', async () => {
    const stoa = fakeStoa();
    show(stoa);
    await screen.findByRole('button', { name: 'Join Now' });
    const failure = { code: 'signal-lost', message: '' } as const;
    act(() => stoa.connection({ status: 'left', reason: { kind: 'failed', failure } }));
    expect(screen.getByRole('heading', { name: 'You were disconnected' })).toBeTruthy();
  });
});
