import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { addPerson, type FakeStoa, fakeStoa, role } from './fakes/fake-stoa.js';
import { show } from './fakes/render.js';

const moderator = role('host', {
  permissions: { endRoom: true, removeOthers: true, mute: true, unmute: true, changeRole: true },
});

async function meeting(stoa: FakeStoa = fakeStoa()) {
  const user = show(stoa, { start: 'resume', name: 'Asha' });
  await screen.findByRole('toolbar', { name: 'Call controls' });
  return { stoa, user };
}

const tile = (name: RegExp) =>
  within(screen.getByRole('list', { name: 'People in the call' })).getByRole('listitem', { name });

describe('tiles', () => {
  it('show people with pictures, and tell what is off', async () => {
    const { stoa } = await meeting();
    act(() => addPerson(stoa, 'bo', { name: 'Bo' }));
    expect(tile(/^Bo$/).dataset.peerId).toBe('bo');
    expect(tile(/^Bo$/).querySelector('video')?.dataset.trackId).toBe('bo-cam');
    expect(stoa.calls).toContain('attach bo-cam');

    act(() => stoa.track({ id: 'bo-cam', peerId: 'bo', muted: true }));
    act(() => stoa.track({ id: 'bo-mic', peerId: 'bo', muted: true }));
    expect(tile(/^Bo, microphone off$/).querySelector('video')).toBeNull();
    expect(stoa.calls).toContain('detach bo-cam');
  });

  it('mirror the own picture only', async () => {
    const { stoa } = await meeting();
    act(() => addPerson(stoa, 'bo', { name: 'Bo' }));
    expect(tile(/Asha \(You\)/).querySelector('video')?.dataset.mirrored).toBe('true');
    expect(tile(/Bo/).querySelector('video')?.dataset.mirrored).toBe('false');
  });

  it('mark who speaks, and raised hands', async () => {
    const { stoa } = await meeting();
    act(() => addPerson(stoa, 'bo', { name: 'Bo' }));
    act(() => stoa.change({ speakers: [{ peerId: 'bo', trackId: 'bo-mic', level: 50 }] }));
    expect(tile(/Bo/).dataset.speaking).toBe('true');
    act(() => stoa.peer({ id: 'bo', groups: ['_handraise'] }));
    expect(tile(/^Bo, hand raised$/)).toBeTruthy();
  });

  it('are not drawn for people who may not publish, nor for roles that are not received', async () => {
    const { stoa } = await meeting(
      fakeStoa('guest', [
        role('guest'),
        role('host'),
        role('backstage'),
        role('viewer', { publishParams: { allowed: [] } }),
      ]),
    );
    act(() => {
      stoa.peer({ id: 'v', name: 'Viewer', role: 'viewer' });
      stoa.peer({ id: 'w', name: 'Worker', role: 'backstage' });
    });
    expect(screen.getAllByRole('listitem').map((item) => item.dataset.peerId)).toEqual(['me']);
  });

  it('come in pages', async () => {
    const { stoa, user } = await meeting();
    act(() => {
      for (let number = 1; number <= 10; number++) addPerson(stoa, `p${number}`);
    });
    expect(screen.getAllByRole('listitem')).toHaveLength(9);
    await user.click(screen.getByRole('button', { name: 'Next page' }));
    expect(screen.getAllByRole('listitem').map((item) => item.dataset.peerId)).toEqual(['p9', 'p10']);
    expect(screen.getByRole('button', { name: 'Next page' })).toHaveProperty('disabled', true);
  });

  it('make room for a shared screen, which goes as it came', async () => {
    const { stoa } = await meeting();
    act(() => addPerson(stoa, 'bo', { name: 'Bo' }));
    act(() => stoa.track({ id: 's', peerId: 'bo', source: 'screen' }));
    const figure = screen.getByRole('figure', { name: 'Screen of Bo' });
    expect(figure.querySelector('video')?.dataset.trackId).toBe('s');
    expect(tile(/Bo/)).toBeTruthy();
    act(() => {
      const { s: _gone, ...tracks } = stoa.store.get().tracks;
      stoa.change({ tracks });
    });
    expect(screen.queryByRole('figure')).toBeNull();
  });

  it('tell a viewer that nobody has started', async () => {
    await meeting(fakeStoa('viewer', [role('viewer', { publishParams: { allowed: [] } }), role('host')]));
    expect(screen.getByRole('heading', { name: 'Waiting for somebody to start' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Microphone' })).toBeNull();
  });
});

describe('chat', () => {
  it('counts what is unread, and shows it when opened by key', async () => {
    const { stoa, user } = await meeting();
    act(() => stoa.message({ id: '1', text: 'hello' }));
    act(() => stoa.message({ id: '2', text: 'anybody?' }));
    expect(screen.getByRole('button', { name: 'Chat, 2 unread' })).toBeTruthy();
    expect(screen.getByRole('log', { name: 'Notifications' }).textContent).toContain('Bo: hello');
    await user.keyboard('c');
    const chat = screen.getByRole('complementary', { name: 'Chat' });
    expect(within(chat).getByRole('log', { name: 'Messages' }).textContent).toContain('anybody?');
    expect(screen.getByRole('button', { name: 'Chat' })).toBeTruthy();
    expect(document.activeElement).toBe(within(chat).getByRole('textbox', { name: 'Message' }));
  });

  it('sends to everyone, a role or one person, and empties the field only when sent', async () => {
    const { stoa, user } = await meeting();
    act(() => addPerson(stoa, 'bo', { name: 'Bo', role: 'host' }));
    await user.click(screen.getByRole('button', { name: 'Chat' }));
    const field = screen.getByRole('textbox', { name: 'Message' });
    await user.type(field, 'one{Shift>}{Enter}{/Shift}two{Enter}');
    expect(stoa.calls).toContain('sendMessage one\ntwo {}');
    expect(field).toHaveProperty('value', '');

    await user.selectOptions(screen.getByRole('combobox', { name: 'To' }), 'Bo');
    stoa.nextRequest = { code: 'not-connected', message: '' };
    await user.type(field, 'secret{Enter}');
    expect(stoa.calls).toContain('sendMessage secret {"peerId":"bo"}');
    expect(field).toHaveProperty('value', 'secret');
    expect(screen.getByRole('alert').textContent).toContain('not sent');

    stoa.nextRequest = undefined;
    await user.selectOptions(screen.getByRole('combobox', { name: 'To' }), 'host');
    await user.click(screen.getByRole('button', { name: 'Send' }));
    expect(stoa.calls).toContain('sendMessage secret {"roles":["host"]}');
  });

  it('does not turn a private message public when its reader has left', async () => {
    const { stoa, user } = await meeting();
    act(() => addPerson(stoa, 'bo', { name: 'Bo' }));
    await user.click(screen.getByRole('button', { name: 'Chat' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'To' }), 'Bo');
    act(() => {
      const { bo: _gone, ...peers } = stoa.store.get().peers;
      stoa.change({ peers });
    });
    await user.type(screen.getByRole('textbox', { name: 'Message' }), 'psst{Enter}');
    expect(stoa.calls).toContain('sendMessage psst {"peerId":"bo"}');
  });

  it('opens links in another tab without telling where from', async () => {
    const { stoa, user } = await meeting();
    act(() => stoa.message({ id: '1', text: 'https://a.example and <b>bold</b>' }));
    await user.click(screen.getByRole('button', { name: /Chat/ }));
    const link = screen.getByRole('link', { name: 'https://a.example' });
    expect(link.getAttribute('rel')).toContain('noopener noreferrer');
    expect(screen.getByRole('log', { name: 'Messages' }).querySelector('b.bold, b > b')).toBeNull();
    expect(screen.getByRole('log', { name: 'Messages' }).textContent).toContain('<b>bold</b>');
  });

  it('closes by Esc and gives the focus back', async () => {
    const { user } = await meeting();
    const button = screen.getByRole('button', { name: 'Chat' });
    await user.click(button);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).toBeNull();
    expect(document.activeElement).toBe(button);
  });
});

describe('participants', () => {
  it('are listed by role, raised hands first, and found by name', async () => {
    const { stoa, user } = await meeting();
    act(() => {
      addPerson(stoa, 'bo', { name: 'Bo', role: 'host', groups: ['_handraise'] });
      addPerson(stoa, 'dana', { name: 'Dana' });
    });
    await user.keyboard('p');
    const panel = screen.getByRole('complementary', { name: 'Participants' });
    expect(
      within(panel)
        .getAllByRole('heading', { level: 3 })
        .map((heading) => heading.textContent),
    ).toEqual(['Hand raised (1)', 'guest (2)', 'host (1)']);
    await user.type(screen.getByRole('searchbox'), 'dan');
    expect(
      within(panel)
        .getAllByRole('listitem')
        .map((item) => item.dataset.peerId),
    ).toEqual(['dana']);
    expect(within(panel).getByRole('img', { name: 'microphone on' })).toBeTruthy();
  });

  it('offer nothing to somebody without rights', async () => {
    const { stoa, user } = await meeting();
    act(() => addPerson(stoa, 'bo', { name: 'Bo' }));
    await user.keyboard('p');
    expect(screen.queryByRole('button', { name: 'Actions for Bo' })).toBeNull();
  });

  it('can be muted and removed by a moderator, who is asked before the latter', async () => {
    const { stoa, user } = await meeting(fakeStoa('host', [moderator, role('guest')]));
    act(() => addPerson(stoa, 'bo', { name: 'Bo' }));
    await user.keyboard('p');
    await user.click(screen.getByRole('button', { name: 'Actions for Bo' }));
    await user.click(screen.getByRole('menuitem', { name: 'Mute microphone' }));
    expect(stoa.calls).toContain('requestMute bo-mic true');

    await user.click(screen.getByRole('button', { name: 'Actions for Bo' }));
    await user.click(screen.getByRole('menuitemradio', { name: 'host' }));
    expect(stoa.calls).toContain('changeRole bo host false');

    await user.click(screen.getByRole('button', { name: 'Actions for Bo' }));
    await user.click(screen.getByRole('menuitem', { name: 'Remove Participant' }));
    expect(stoa.calls).not.toContain('removePeer bo');
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    expect(stoa.calls).toContain('removePeer bo');
  });
});

describe('controls', () => {
  it('work by key, but not with Alt, in fields or in dialogs', async () => {
    const { stoa, user } = await meeting();
    await user.keyboard('mvh');
    expect(stoa.calls).toEqual(
      expect.arrayContaining(['set microphone false', 'set camera false', 'raiseHand true']),
    );
    await user.click(screen.getByRole('button', { name: 'Leave' }));
    const before = stoa.calls.length;
    await user.keyboard('{Alt>}m{/Alt}mvh');
    expect(stoa.calls.length).toBe(before);
  });

  it('take Ctrl+D and Ctrl+E also while typing', async () => {
    const { stoa, user } = await meeting();
    await user.click(screen.getByRole('button', { name: 'Chat' }));
    await user.keyboard('{Control>}d{/Control}');
    expect(stoa.calls).toContain('set microphone false');
  });

  it('leave after a question, and rejoin through the preview', async () => {
    const { stoa, user } = await meeting();
    await user.click(screen.getByRole('button', { name: 'Leave' }));
    await user.click(screen.getByRole('button', { name: 'Stay' }));
    expect(stoa.calls).not.toContain('leave');
    await user.click(screen.getByRole('button', { name: 'Leave' }));
    await user.click(screen.getByRole('button', { name: 'Leave Session' }));
    const heading = screen.getByRole('heading', { name: 'You left the room' });
    expect(document.activeElement).toBe(heading);
    expect(screen.getByText('See you next time, Asha.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Rejoin' }));
    expect(await screen.findByRole('button', { name: 'Join Now' })).toBeTruthy();
    expect(stoa.calls).toContain('preview');
  });

  it('end the session for all, for those who may', async () => {
    const { stoa, user } = await meeting(fakeStoa('host', [moderator, role('guest')]));
    await user.click(screen.getByRole('button', { name: 'Leave or end' }));
    await user.click(screen.getByRole('menuitem', { name: 'End Session' }));
    await user.click(screen.getByRole('button', { name: 'End Session' }));
    expect(stoa.calls).toContain('endRoom');
  });
});

describe('what happens', () => {
  it('is told: joins, leaves, mutes, troubles', async () => {
    const { stoa } = await meeting();
    const log = screen.getByRole('log', { name: 'Notifications' });
    act(() => addPerson(stoa, 'bo', { name: 'Bo' }));
    act(() => stoa.happen({ type: 'peer-joined', peerId: 'bo', name: 'Bo' }));
    act(() => stoa.happen({ type: 'peer-joined', peerId: 'dana', name: 'Dana' }));
    expect(log.textContent).toContain('Bo and 1 more joined');
    act(() => stoa.happen({ type: 'muted-by', by: 'bo', trackId: 'my-mic' }));
    expect(log.textContent).toContain('Bo muted you');
    act(() => stoa.source('camera', { failure: { code: 'device-lost', kind: 'camera', message: '' } }));
    expect(log.textContent).toContain('Your camera was unplugged.');
  });

  it('a closed screen picker is no trouble', async () => {
    const { stoa } = await meeting();
    act(() => stoa.source('screen', { failure: { code: 'permission-denied', kind: 'screen', message: '' } }));
    expect(screen.getByRole('log', { name: 'Notifications' }).textContent).toBe('');
  });

  it('a lost connection shows until it is back', async () => {
    const { stoa } = await meeting();
    act(() => stoa.connection({ status: 'reconnecting', troubles: ['signal'] }));
    expect(screen.getByText('Connection lost. Reconnecting…')).toBeTruthy();
    act(() => stoa.connection({ status: 'connected' }));
    expect(screen.queryByText('Connection lost. Reconnecting…')).toBeNull();
    expect(screen.getByText('Connected again')).toBeTruthy();
  });

  it('blocked sound plays after a click', async () => {
    const { stoa, user } = await meeting();
    act(() => stoa.change({ audioBlocked: true }));
    await user.click(screen.getByRole('button', { name: 'Click to hear' }));
    expect(stoa.calls).toContain('resumeAudio');
    expect(screen.queryByRole('button', { name: 'Click to hear' })).toBeNull();
  });

  it('a role is taken only when accepted', async () => {
    const { stoa, user } = await meeting();
    act(() => addPerson(stoa, 'bo', { name: 'Bo' }));
    act(() => stoa.change({ roleRequest: { by: 'bo', role: 'host', token: 't' } }));
    await user.click(
      within(screen.getByRole('dialog', { name: 'Bo invites you to become host' })).getByRole('button', {
        name: 'Accept',
      }),
    );
    expect(stoa.calls).toContain('acceptRoleRequest');
  });

  it('a request to unmute never unmutes by itself', async () => {
    const { stoa, user } = await meeting();
    act(() => addPerson(stoa, 'bo', { name: 'Bo' }));
    act(() => stoa.source('microphone', { on: false }));
    act(() => stoa.happen({ type: 'unmute-requested', by: 'bo', trackId: 'my-mic' }));
    expect(stoa.calls).not.toContain('set microphone true');
    await user.click(screen.getByRole('button', { name: 'Accept' }));
    expect(stoa.calls).toContain('set microphone true');
  });

  it('a request the server refuses is told', async () => {
    const { stoa, user } = await meeting();
    stoa.nextRequest = { code: 'forbidden', message: '' };
    await user.click(screen.getByRole('button', { name: 'Raise hand' }));
    expect(screen.getByRole('log', { name: 'Notifications' }).textContent).toContain('You may not do this.');
  });

  it('removal and end tell who did it', async () => {
    const { stoa } = await meeting();
    act(() => addPerson(stoa, 'bo', { name: 'Bo' }));
    act(() =>
      stoa.change({
        peers: {},
        connection: { status: 'left', reason: { kind: 'room-ended', by: 'bo', message: '' } },
      }),
    );
    expect(screen.getByRole('heading', { name: 'The session has ended' })).toBeTruthy();
    expect(screen.getByText('Bo ended it for everyone.')).toBeTruthy();
  });

  it('the page around is told of entering and leaving', async () => {
    const stoa = fakeStoa();
    const told: string[] = [];
    const user = show(stoa, {
      start: 'resume',
      name: 'Asha',
      onJoined: () => told.push('joined'),
      onLeft: () => told.push('left'),
    });
    await user.click(await screen.findByRole('button', { name: 'Leave' }));
    await user.click(screen.getByRole('button', { name: 'Leave Session' }));
    expect(told).toEqual(['joined', 'left']);
  });
});

describe('settings', () => {
  it('change colours and the own picture at once', async () => {
    const { user } = await meeting();
    await user.click(screen.getByRole('button', { name: 'More' }));
    await user.click(screen.getByRole('menuitem', { name: 'Settings' }));
    const dialog = await screen.findByRole('dialog', { name: 'Settings' });
    await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Colours' }), 'Dark');
    expect(document.querySelector<HTMLElement>('.stoa')?.dataset.theme).toBe('dark');
    await user.click(within(dialog).getByRole('checkbox', { name: 'Mirror my own picture' }));
    expect(document.querySelector<HTMLVideoElement>('video')?.dataset.mirrored).toBe('false');
  });
});
