import '../src/style/index.css';
import { createRoot } from 'react-dom/client';
import { Prebuilt } from '../src/index.js';
import { addPerson, type FakeStoa, fakeStoa, role } from '../test/fakes/fake-stoa.js';
import { paint } from './pictures.js';

/**
 * Every screen without a server, chosen by the query:
 * `people=5`, `role=guest|host|viewer`, `screen=1`, `status=reconnecting`, `silent=1` (sound blocked),
 * `muted=1` (no pictures), `chat=1` (messages), `start=preview`, `failure=room-inactive`, `trouble=permission-denied`.
 */
const query = new URLSearchParams(location.search);
const NAMES = [
  'Bo Lindqvist',
  'Chidi Anagonye',
  'Dana',
  'Élodie Durand-Beaumont de la Rochefoucauld',
  '王小明',
  'Farah',
];
const MODERATOR = { endRoom: true, removeOthers: true, mute: true, unmute: true, changeRole: true };

const localRole = query.get('role') ?? 'host';
const stoa = fakeStoa(localRole, [
  role('host', { permissions: MODERATOR }),
  role('guest'),
  role('viewer', { publishParams: { allowed: [] } }),
]);
stoa.show = (trackId, element) => paint(trackId, element);
stoa.change({
  devices: {
    cameras: [{ id: 'c1', label: 'Integrated camera' }],
    microphones: [
      { id: 'default', label: 'Default' },
      { id: 'm1', label: 'Headset with a rather long name that does not fit (046d:0a8f)' },
    ],
    speakers: [{ id: 'default', label: 'Default' }],
  },
  room: { ...stoa.store.get().room, name: 'Weekly planning', outputs: { hls: true, Browser: true } },
});

function fill(seat: FakeStoa): void {
  const people = Number(query.get('people') ?? 1);
  for (let number = 0; number < people; number++) {
    const peerId = `p${number}`;
    addPerson(seat, peerId, {
      name: NAMES[number] ?? `Person ${number}`,
      role: number === 0 ? 'host' : 'guest',
    });
    const dark = number % 3 === 2 || query.get('muted') === '1';
    seat.track({ id: `${peerId}-cam`, peerId, muted: dark });
    seat.track({ id: `${peerId}-mic`, peerId, kind: 'audio', muted: number % 2 === 1 });
  }
  if (people > 1) seat.peer({ id: 'p1', groups: ['_handraise'], quality: 2 });
  if (people > 0) seat.change({ speakers: [{ peerId: 'p0', trackId: 'p0-mic', level: 60 }] });
  if (query.get('screen') === '1') seat.track({ id: 'p0-screen', peerId: 'p0', source: 'screen' });
  if (query.get('sharing') === '1') seat.source('screen', { on: true });
  if (query.get('silent') === '1') seat.change({ audioBlocked: true });
  if (query.get('chat') === '1') talk(seat);
  if (query.get('status') === 'reconnecting')
    seat.connection({ status: 'reconnecting', troubles: ['signal'] });
  if (query.get('status') === 'removed') {
    seat.connection({ status: 'left', reason: { kind: 'removed', by: 'p0', message: 'Wrong room' } });
  }
}

function talk(seat: FakeStoa): void {
  const now = Date.now();
  const [everyone, me] = [{ kind: 'everyone' } as const, { kind: 'peer', peerId: 'me' } as const];
  seat.message({
    id: '1',
    time: now,
    text: 'Hello! The notes are at https://notes.example.org/weekly?x=1 (new ones).',
  });
  seat.message({ id: '2', time: now, text: 'Thanks', isLocal: true, senderName: 'Asha', audience: everyone });
  seat.message({ id: '3', time: now, text: 'Can we talk afterwards?', senderName: 'Dana', audience: me });
  seat.message({ id: '4', time: now, text: `A long word ${'wwwwwwwwww'.repeat(8)} and\nsecond line` });
}

const failure = query.get('failure');
if (failure !== null) stoa.nextJoin = { code: failure, message: 'demo' } as NonNullable<FakeStoa['nextJoin']>;
const trouble = query.get('trouble');
if (trouble !== null) {
  stoa.source('camera', { on: false, failure: { code: trouble, kind: 'camera', message: '' } as never });
}
const preview = query.get('start') === 'preview';
createRoot(document.getElementById('demo') as HTMLElement).render(
  <Prebuilt
    stoa={stoa}
    credentials={{ roomCode: 'demo' }}
    start={preview ? 'preview' : 'skip-preview'}
    onJoined={() => fill(stoa)}
    {...(preview ? {} : { name: 'Asha' })}
  />,
);
