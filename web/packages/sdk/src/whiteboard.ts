import { request } from './actions.js';
import type { WhiteboardAccess, Whiteboards } from './api.js';
import { failed, ok, type RequestFailure, type Result } from './failures.js';
import type { Session } from './session/session.js';

/** The whiteboard of the room. The server checks the rights. */
export function createWhiteboards(session: () => Session | undefined): Whiteboards {
  const access = async (id: string): Promise<Result<WhiteboardAccess, RequestFailure>> => {
    const got = await request(session(), 'whiteboard-get', { id });
    if (!got.ok) return failed(got.failure);
    const { addr, token, owner, permissions } = got.value;
    return ok({ id: got.value.id, address: addr, token, owner, permissions });
  };
  return {
    access,
    async start(title) {
      const made = await request(session(), 'whiteboard-create', { title });
      return made.ok ? access(made.value.id) : failed(made.failure);
    },
    async stop(id) {
      const closed = await request(session(), 'whiteboard-close', { id });
      return closed.ok ? ok(undefined) : failed(closed.failure);
    },
  };
}
