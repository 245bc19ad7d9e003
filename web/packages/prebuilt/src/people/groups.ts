import { HAND_RAISE, type Peer } from '@stoa/sdk';

export interface PeopleGroup {
  readonly kind: 'hands' | 'role';
  /** Role name; empty for raised hands. */
  readonly role: string;
  readonly people: readonly Peer[];
}

/** People by role, in the order roles appear; those with a raised hand once more in a group before all. */
export function groupsOf(people: readonly Peer[], search: string): readonly PeopleGroup[] {
  const wanted = search.trim().toLocaleLowerCase();
  const found = people.filter((peer) => peer.name.toLocaleLowerCase().includes(wanted));
  const hands = found.filter((peer) => peer.groups.includes(HAND_RAISE));
  const roles = [...new Set(found.map((peer) => peer.role))];
  const byRole = roles.map(
    (role): PeopleGroup => ({ kind: 'role', role, people: found.filter((peer) => peer.role === role) }),
  );
  return hands.length === 0 ? byRole : [{ kind: 'hands', role: '', people: hands }, ...byRole];
}
