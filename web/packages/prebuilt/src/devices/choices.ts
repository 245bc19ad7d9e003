import type { Device, DeviceKind, StoaState } from '@stoa/sdk';
import type { Texts } from '../texts/en.js';

export interface DeviceChoice {
  readonly id: string;
  readonly label: string;
}

/** The id that stands for "the browser chooses". */
export const BROWSER_CHOICE = '';

const LISTS = { microphone: 'microphones', camera: 'cameras', speaker: 'speakers' } as const;

export const selectDevicesOf =
  (kind: DeviceKind) =>
  (state: StoaState): readonly Device[] =>
    state.devices[LISTS[kind]];

/** The chosen device while it is plugged in, else what the browser takes: its default, or the first. */
export const selectChosen =
  (kind: DeviceKind) =>
  (state: StoaState): string => {
    const { local } = state;
    const wanted = kind === 'speaker' ? local.speakerId : local[kind].deviceId;
    const devices = selectDevicesOf(kind)(state);
    const found =
      devices.find((device) => device.id === wanted) ?? devices.find(({ id }) => id === 'default');
    return (found ?? devices[0])?.id ?? BROWSER_CHOICE;
  };

/** Devices under names one can tell apart, also before permission gives their labels. */
export function choicesOf(devices: readonly Device[], texts: Texts['devices']): readonly DeviceChoice[] {
  return devices.map(({ id, label }, place) => ({
    id,
    label: label === '' ? texts.unnamed(place + 1) : label,
  }));
}
