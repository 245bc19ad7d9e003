import { selectLocalPeer } from '@stoa/sdk';
import { Camera, Mic, Volume2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { DeviceSelect } from '../devices/device-select.js';
import { DeviceTrouble } from '../devices/device-trouble.js';
import { MicLevel } from '../devices/mic-level.js';
import { SpeakerTest } from '../devices/speaker-test.js';
import { Modal } from '../parts/dialog.js';
import type { ThemeChoice } from '../state/memory.js';
import { usePreferences } from '../state/preferences.js';
import { useStoa, useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { useReport } from '../toasts/use-report.js';

interface SettingsDialogProps {
  readonly nameLocked: boolean;
  readonly onClose: () => void;
}

export default function SettingsDialog({ nameLocked, onClose }: SettingsDialogProps) {
  const { settings: texts } = useTexts();
  return (
    <Modal open wide title={texts.title} onClose={onClose}>
      <div className="stoa-scroll">
        {!nameLocked && <NameForm />}
        <DeviceSettings />
        <LookSettings />
        <Section title={texts.keys}>
          <dl className="stoa-keys">
            {texts.keyList.map(([key, meaning]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </Section>
      </div>
    </Modal>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="stoa-settings" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

function NameForm() {
  const stoa = useStoa();
  const { settings: texts } = useTexts();
  const report = useReport();
  const { change } = usePreferences();
  const current = useStoaState((state) => selectLocalPeer(state)?.name ?? '');
  const [name, setName] = useState(current);
  const id = useId();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (await report(stoa.changeName(name.trim()))) change({ name: name.trim() });
  };
  return (
    <form className="stoa-device" onSubmit={(event) => void save(event)}>
      <label htmlFor={id}>{texts.name}</label>
      <input
        id={id}
        className="stoa-field"
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="stoa-button" disabled={name.trim() === '' || name.trim() === current}>
        {texts.saveName}
      </button>
    </form>
  );
}

function DeviceSettings() {
  const { settings: texts } = useTexts();
  const microphone = useStoaState((state) => state.local.microphone.allowed);
  const camera = useStoaState((state) => state.local.camera.allowed);
  return (
    <Section title={texts.devices}>
      {camera && <DeviceSelect kind="camera" icon={<Camera aria-hidden="true" />} />}
      <DeviceTrouble kind="camera" />
      {microphone && (
        <DeviceSelect kind="microphone" icon={<Mic aria-hidden="true" />}>
          <MicLevel />
        </DeviceSelect>
      )}
      <DeviceTrouble kind="microphone" />
      <DeviceSelect kind="speaker" icon={<Volume2 aria-hidden="true" />}>
        <SpeakerTest />
      </DeviceSelect>
    </Section>
  );
}

const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

function LookSettings() {
  const { settings: texts } = useTexts();
  const { value, change } = usePreferences();
  const id = useId();
  return (
    <Section title={texts.layout}>
      <div className="stoa-device">
        <label htmlFor={`${id}theme`}>{texts.theme}</label>
        <select
          id={`${id}theme`}
          className="stoa-field"
          value={value.theme}
          onChange={(event) => change({ theme: event.target.value as ThemeChoice })}
        >
          {THEMES.map((theme) => (
            <option key={theme} value={theme}>
              {texts.themes[theme]}
            </option>
          ))}
        </select>
      </div>
      <div className="stoa-device">
        <label htmlFor={`${id}tiles`}>{texts.tiles}</label>
        <input
          id={`${id}tiles`}
          type="range"
          min={2}
          max={25}
          value={value.tilesPerPage}
          onChange={(event) => change({ tilesPerPage: event.target.valueAsNumber })}
        />
        <output htmlFor={`${id}tiles`}>{value.tilesPerPage}</output>
      </div>
      <label className="stoa-check">
        <input
          type="checkbox"
          checked={value.mirror}
          onChange={(event) => change({ mirror: event.target.checked })}
        />
        {texts.mirror}
      </label>
    </Section>
  );
}
