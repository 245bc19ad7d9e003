/** What an address of the app means. */
export type Route =
  | { readonly kind: 'landing' }
  | {
      readonly kind: 'call';
      readonly code: string;
      /** Straight into the room when this tab was in it before. */
      readonly meeting: boolean;
      readonly flags: CallFlags;
    };

/** Query flags of call links. */
export interface CallFlags {
  /** `name`: fills the name field and locks it. */
  readonly name: string | undefined;
  /** `userId`: user id of the token. */
  readonly userId: string | undefined;
  /** `auth_token`: used in place of the code. */
  readonly token: string | undefined;
  /** `skip_preview`: straight in, without header and controls; for robots. */
  readonly skipPreview: boolean;
  /** `skip_preview_headful`: straight in, with all controls. */
  readonly skipPreviewHeadful: boolean;
}

const CALL = /^\/(?:streaming\/)?(preview|meeting|streaming)\/([^/]+)\/?$/;

/** Reads path and query. What is no call link is the landing page. */
export function routeOf(path: string, query: string): Route {
  const [, screen, part] = CALL.exec(path) ?? [];
  const code = decoded(part ?? '');
  if (screen === undefined || code === '') return { kind: 'landing' };
  return { kind: 'call', code, meeting: screen !== 'preview', flags: flagsOf(new URLSearchParams(query)) };
}

function flagsOf(query: URLSearchParams): CallFlags {
  const text = (name: string) => query.get(name)?.trim() || undefined;
  return {
    name: text('name'),
    userId: text('userId'),
    token: text('auth_token'),
    skipPreview: query.get('skip_preview') === 'true',
    skipPreviewHeadful: query.get('skip_preview_headful') === 'true',
  };
}

/** The room code in what somebody typed or pasted: a code, or a link with one. */
export function codeIn(typed: string): string | undefined {
  const text = typed.trim();
  const url = text.includes('/') ? linkOf(text) : null;
  if (url !== null) {
    const route = routeOf(url.pathname, url.search);
    return route.kind === 'call' ? route.code : undefined;
  }
  return /^[\w-]+$/.test(text) ? text.toLowerCase() : undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** Links are often typed without the protocol. */
function linkOf(text: string): URL | null {
  try {
    if (text.startsWith('/')) return new URL(text, 'https://link.invalid');
    return new URL(/^https?:/i.test(text) ? text : `https://${text}`);
  } catch {
    return null;
  }
}
