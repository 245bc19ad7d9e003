/** Words of the landing page; those of the call are in `@stoa/prebuilt`. */
export declare const texts: {
  title: string;
  code: string;
  hint: string;
  wrong: string;
  go: string;
};
