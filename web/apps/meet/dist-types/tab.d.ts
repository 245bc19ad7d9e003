/** The same user after a reload: an id that lives as long as the tab. Undefined where storage is forbidden. */
export declare function tabUserId(): string | undefined;
/** Whether this tab was in this room and did not leave it, so that a reload goes back in. */
export declare function wasInside(code: string): boolean;
export declare function setInside(code: string | undefined): void;
