/**
 * A check looks at a value that came from outside and returns the reason it is wrong, or `undefined` when it
 * fits `T`. Members that a check does not name are allowed: both sides may be newer than the other.
 */
export interface Check<T> {
  (value: unknown, path?: string): string | undefined;
  /** Never set; carries the type. */
  readonly _type?: T;
}

/** The type a check vouches for. */
export type Infer<C> = C extends Check<infer T> ? T : never;

type Shape = Readonly<Record<string, Check<unknown>>>;
type Fields<S extends Shape> = { [K in keyof S]: Infer<S[K]> };
type Flat<T> = { [K in keyof T]: T[K] };

const wrong = (path: string | undefined, expected: string) => `${path ?? 'message'}: expected ${expected}`;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const text: Check<string> = (value, path) =>
  typeof value === 'string' ? undefined : wrong(path, 'text');

export const finite: Check<number> = (value, path) =>
  Number.isFinite(value) ? undefined : wrong(path, 'a number');

export const flag: Check<boolean> = (value, path) =>
  typeof value === 'boolean' ? undefined : wrong(path, 'true or false');

export const anything: Check<unknown> = () => undefined;

/** Anything but nothing at all. */
export const given: Check<unknown> = (value, path) =>
  value === undefined || value === null ? wrong(path, 'something') : undefined;

/* #__NO_SIDE_EFFECTS__ */
export function oneOf<const T extends string | number>(...values: readonly T[]): Check<T> {
  return (value, path) =>
    (values as readonly unknown[]).includes(value) ? undefined : wrong(path, `one of ${values.join(', ')}`);
}

/* #__NO_SIDE_EFFECTS__ */
export function list<T>(item: Check<T>): Check<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) return wrong(path, 'a list');
    for (let i = 0; i < value.length; i++) {
      const reason = item(value[i], `${path ?? 'message'}[${i}]`);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/* #__NO_SIDE_EFFECTS__ */
export function mapOf<T>(item: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value, path) => {
    if (!isRecord(value)) return wrong(path, 'an object');
    for (const key of Object.keys(value)) {
      const reason = item(value[key], `${path ?? 'message'}.${key}`);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/* #__NO_SIDE_EFFECTS__ */
export function object<R extends Shape, O extends Shape = Record<never, never>>(
  required: R,
  optional?: O,
): Check<Flat<Readonly<Fields<R>> & Readonly<Partial<Fields<O>>>>> {
  return (value, path) => {
    if (!isRecord(value)) return wrong(path, 'an object');
    const prefix = path === undefined ? '' : `${path}.`;
    for (const [key, check] of Object.entries(required)) {
      const reason = check(value[key], prefix + key);
      if (reason !== undefined) return reason;
    }
    for (const [key, check] of Object.entries(optional ?? {})) {
      if (value[key] === undefined) continue;
      const reason = check(value[key], prefix + key);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/** Narrowing form of a check. */
export function fits<T>(check: Check<T>, value: unknown): value is T {
  return check(value) === undefined;
}
