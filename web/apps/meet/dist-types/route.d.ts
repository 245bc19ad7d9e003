/** What an address of the app means. */
export type Route =
  | {
      readonly kind: 'landing';
    }
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
/** Reads path and query. What is no call link is the landing page. */
export declare function routeOf(path: string, query: string): Route;
/** The room code in what somebody typed or pasted: a code, or a link with one. */
export declare function codeIn(typed: string): string | undefined;
