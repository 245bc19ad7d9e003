/** One media section of a session description, as far as pairing media with tracks needs it (RFC 8866 §5.14). */
export interface Section {
  readonly mid: string;
  readonly kind: string;
  readonly direction: string;
  readonly streamId: string | undefined;
  readonly trackId: string | undefined;
}

export interface MediaIds {
  readonly streamId: string;
  readonly trackId: string;
}

/** Splits before each `m=` line; the first part is the session level. */
const split = (sdp: string): string[] => sdp.split(/(?=^m=)/m);

const attribute = (section: string, name: string): string | undefined =>
  new RegExp(`^a=${name}:(.*?)\\r?$`, 'm').exec(section)?.[1];

const midOf = (section: string): string => attribute(section, 'mid') ?? '';

export function readSections(sdp: string): readonly Section[] {
  return split(sdp)
    .filter((part) => part.startsWith('m='))
    .map((part) => {
      const [streamId, trackId] = attribute(part, 'msid')?.split(' ') ?? [];
      return {
        mid: midOf(part),
        kind: /^m=(\w+)/.exec(part)?.[1] ?? '',
        direction: /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(part)?.[1] ?? 'sendrecv',
        streamId,
        trackId,
      };
    });
}

/**
 * The offer as the server is told: every section names the ids its track is published under, whatever the browser
 * wrote (after `replaceTrack`, with a reused section, or in Firefox it writes others).
 */
export function withMediaIds(sdp: string, idsByMid: ReadonlyMap<string, MediaIds>): string {
  return split(sdp)
    .map((part) => {
      const ids = part.startsWith('m=') ? idsByMid.get(midOf(part)) : undefined;
      if (ids === undefined) return part;
      const msid = `msid:${ids.streamId} ${ids.trackId}`;
      return part
        .replace(/^a=msid:.*?(\r?)$/m, `a=${msid}$1`)
        .replace(/^(a=ssrc:\d+ )msid:.*?(\r?)$/gm, `$1${msid}$2`);
    })
    .join('');
}
