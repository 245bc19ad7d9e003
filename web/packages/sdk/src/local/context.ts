import type { Env } from '../env.js';
import type { MediaTable } from '../media/media-table.js';
import type { Session } from '../session/session.js';
import type { Event } from '../state/events.js';
import { selectLocalRole } from '../state/selectors.js';
import type { WritableStore } from '../state/store.js';

/** What local sources share. */
export interface LocalContext {
  readonly env: Env;
  readonly store: WritableStore<Event>;
  readonly media: MediaTable;
  /** The session of now; undefined between sessions. */
  session(): Session | undefined;
}

export const roleOf = (context: LocalContext) => context.store.select(selectLocalRole);
