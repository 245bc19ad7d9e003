import type { SeatView } from '../pages/seat.js';

/** Runs in the prebuilt page: what a person reads there. */
export function readPrebuilt(ownName: string): SeatView {
  const all = (selector: string, inside: ParentNode = document) => [...inside.querySelectorAll(selector)];
  const shares = (name: string, isLocal: boolean) =>
    isLocal
      ? document.body.textContent.includes('You are sharing your screen')
      : all('figure[data-track-id]').some(
          (screen) => screen.getAttribute('aria-label') === `Screen of ${name}`,
        );
  const inside = all('[role=toolbar]').length > 0;
  const repairing = document.body.textContent.includes('Reconnecting');
  return {
    connection: !inside ? 'out' : repairing ? 'repairing' : 'in',
    peers: all('li[data-peer-id].stoa-tile').map((tile) => {
      const [title = '', ...marks] = (tile.getAttribute('aria-label') ?? '').split(', ');
      const name = title.replace(/ \(You\)$/, '');
      const isLocal = name !== title;
      return {
        name,
        isLocal,
        microphone: !marks.includes('microphone off'),
        camera: all('video', tile).length > 0,
        screen: shares(name, isLocal),
      };
    }),
    messages: all('[role=log] li').map((message) => {
      const from = message.querySelector('b')?.textContent ?? '';
      return {
        from: from === 'You' ? ownName : from,
        text: message.querySelector('p:last-of-type')?.textContent ?? '',
      };
    }),
  };
}
