/** Up to two letters that stand for a name: of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .map((word) => (word === undefined ? '' : (Array.from(word)[0] ?? '')))
    .join('')
    .toUpperCase();
}

/** A hue that stays with the name, 0 to 359 degrees. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 3600;
  return hash % 360;
}

/** Stands for somebody without a picture. */
export function Avatar({ name, small = false }: { readonly name: string; readonly small?: boolean }) {
  return (
    <span
      className="stoa-avatar"
      data-small={small}
      aria-hidden="true"
      style={{ '--stoa-avatar-hue': hueOf(name) } as React.CSSProperties}
    >
      {initials(name)}
    </span>
  );
}
