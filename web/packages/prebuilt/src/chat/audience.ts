import { type Audience, type SendOptions, type StoaState, selectPeers } from '@stoa/sdk';
import type { Texts } from '../texts/en.js';

/** Whom a message goes to, as the value of the list's entry: `everyone`, `role:…` or `peer:…`. */
export type Recipient = 'everyone' | `role:${string}` | `peer:${string}`;

export function sendOptionsOf(recipient: Recipient): SendOptions {
  if (recipient.startsWith('role:')) return { roles: [recipient.slice('role:'.length)] };
  if (recipient.startsWith('peer:')) return { peerId: recipient.slice('peer:'.length) };
  return {};
}

/** Roles one may write to: those somebody else has now. */
export function selectOtherRoles(state: StoaState): readonly string[] {
  return [...new Set(selectOthers(state).map((peer) => peer.role))].sort();
}

export const selectOthers = (state: StoaState) => selectPeers(state).filter((peer) => !peer.isLocal);

/** Note on a message that not everybody gets; empty for one that everybody gets. */
export function audienceNote(
  audience: Audience,
  texts: Texts['chat'],
  own: string | undefined,
  nameOf: (peerId: string) => string | undefined,
): string {
  switch (audience.kind) {
    case 'everyone':
      return '';
    case 'roles':
      return texts.toRoles(audience.roles.join(', '));
    case 'peer':
      return audience.peerId === own ? texts.toMe : texts.toPeer(nameOf(audience.peerId) ?? texts.gone);
  }
}
