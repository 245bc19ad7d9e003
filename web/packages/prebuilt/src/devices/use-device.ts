import type { DeviceKind } from '@stoa/sdk';
import { usePreferences } from '../state/preferences.js';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { choicesOf, type DeviceChoice, selectChosen, selectDevicesOf } from './choices.js';

export interface DeviceList {
  readonly choices: readonly DeviceChoice[];
  readonly chosen: string;
  choose(id: string): void;
}

/** The devices of a kind, and how to take another, which is remembered. */
export function useDevice(kind: DeviceKind): DeviceList {
  const stoa = useStoa();
  const { devices: texts } = useTexts();
  const { value, change } = usePreferences();
  const devices = useStoaState(selectDevicesOf(kind));
  const chosen = useStoaState(selectChosen(kind));
  return {
    choices: choicesOf(devices, texts),
    chosen,
    choose(id) {
      change({ devices: { ...value.devices, [kind]: id } });
      void stoa.local.selectDevice(kind, id);
    },
  };
}
