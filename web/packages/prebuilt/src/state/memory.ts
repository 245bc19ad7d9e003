import type { DeviceKind } from '@stoa/sdk';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** What the browser remembers of this user, across rooms. */
export interface Remembered {
  readonly name: string;
  readonly microphoneOn: boolean;
  readonly cameraOn: boolean;
  readonly devices: Readonly<Partial<Record<DeviceKind, string>>>;
  readonly theme: ThemeChoice;
  readonly mirror: boolean;
  /** Tiles per page on a wide window, 2 to 49. */
  readonly tilesPerPage: number;
}

const KEY = 'stoa.prebuilt';

const nothing: Remembered = {
  name: '',
  microphoneOn: true,
  cameraOn: true,
  devices: {},
  theme: 'system',
  mirror: true,
  tilesPerPage: 9,
};

/** Reads what is remembered; storage may be forbidden or hold anything. */
export function recall(): Remembered {
  try {
    return checked(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
  } catch {
    return nothing;
  }
}

export function remember(patch: Partial<Remembered>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...recall(), ...patch }));
  } catch {
    // Private windows may forbid storage; then nothing is remembered.
  }
}

function checked(stored: unknown): Remembered {
  if (typeof stored !== 'object' || stored === null) return nothing;
  const { name, microphoneOn, cameraOn, devices, theme, mirror, tilesPerPage } = stored as Record<
    string,
    unknown
  >;
  return {
    name: typeof name === 'string' ? name : '',
    microphoneOn: microphoneOn !== false,
    cameraOn: cameraOn !== false,
    devices: checkedDevices(devices),
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    mirror: mirror !== false,
    tilesPerPage: typeof tilesPerPage === 'number' ? Math.min(49, Math.max(2, tilesPerPage)) : 9,
  };
}

function checkedDevices(stored: unknown): Remembered['devices'] {
  if (typeof stored !== 'object' || stored === null) return {};
  const { microphone, camera, speaker } = stored as Record<string, unknown>;
  return {
    ...(typeof microphone === 'string' ? { microphone } : {}),
    ...(typeof camera === 'string' ? { camera } : {}),
    ...(typeof speaker === 'string' ? { speaker } : {}),
  };
}
