/** Where one ends up without a link: asks for the code. */
export declare function Landing({
  onCode,
}: {
  readonly onCode: (code: string) => void;
}): import('react').JSX.Element;
