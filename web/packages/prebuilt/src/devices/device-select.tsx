import type { DeviceKind } from '@stoa/sdk';
import { type ReactNode, useId } from 'react';
import { useTexts } from '../texts/texts.js';
import { BROWSER_CHOICE } from './choices.js';
import { useDevice } from './use-device.js';

interface DeviceSelectProps {
  readonly kind: DeviceKind;
  readonly icon: ReactNode;
  /** Drawn behind the list, such as a test button. */
  readonly children?: ReactNode;
}

/** A labelled list of devices. The browser's own list is the one that phones and screen readers know best. */
export function DeviceSelect({ kind, icon, children }: DeviceSelectProps) {
  const { devices: texts } = useTexts();
  const { choices, chosen, choose } = useDevice(kind);
  const id = useId();
  return (
    <div className="stoa-device">
      <label htmlFor={id}>
        {icon}
        <span>{texts[kind]}</span>
      </label>
      <select
        id={id}
        className="stoa-field"
        value={chosen}
        disabled={choices.length === 0}
        onChange={(event) => choose(event.target.value)}
      >
        {choices.length === 0 && (
          <option value={BROWSER_CHOICE}>{kind === 'speaker' ? texts.systemDefault : texts.none}</option>
        )}
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.label}
          </option>
        ))}
      </select>
      {children}
    </div>
  );
}
