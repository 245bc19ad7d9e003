/**
 * Ids in the order their tiles are drawn. Known ids keep their places, new ones come last, so that tiles do not
 * jump; only a speaker who is not on the first page takes the place of the one there who has been silent longest.
 *
 * @param before the order drawn last
 * @param present ids there are now, in their natural order
 * @param speakers ids speaking now, loudest first
 * @param recent ids that have spoken, latest first
 * @param pinned ids that never lose their place on the first page
 */
export function nextOrder(
  before: readonly string[],
  present: readonly string[],
  speakers: readonly string[],
  recent: readonly string[],
  pinned: readonly string[],
  pageSize: number,
): readonly string[] {
  const here = new Set(present);
  const known = new Set(before);
  const kept = before.filter((id) => here.has(id));
  const order = [
    ...pinned.filter((id) => here.has(id)),
    ...[...kept, ...present.filter((id) => !known.has(id))].filter((id) => !pinned.includes(id)),
  ];
  for (const speaker of speakers) bringForward(order, speaker, speakers, recent, pinned, pageSize);
  return order;
}

function bringForward(
  order: string[],
  speaker: string,
  speakers: readonly string[],
  recent: readonly string[],
  pinned: readonly string[],
  pageSize: number,
): void {
  const from = order.indexOf(speaker);
  if (from < pageSize) return;
  const silence = (id: string) => {
    const place = recent.indexOf(id);
    return place < 0 ? Number.POSITIVE_INFINITY : place;
  };
  let to = -1;
  for (let place = 0; place < pageSize; place++) {
    const id = order[place];
    if (id === undefined || pinned.includes(id) || speakers.includes(id)) continue;
    const longest = order[to];
    if (longest === undefined || silence(id) >= silence(longest)) to = place;
  }
  const silent = order[to];
  if (silent === undefined) return;
  order[to] = speaker;
  order[from] = silent;
}

/** Number of pages, at least one. */
export const pageCount = (items: number, pageSize: number): number =>
  Math.max(1, Math.ceil(items / Math.max(1, pageSize)));

/** The items of a page, counted from 0. */
export const pageOf = <T>(items: readonly T[], page: number, pageSize: number): readonly T[] =>
  items.slice(page * pageSize, (page + 1) * pageSize);
