import { selectLocalPeer } from '@stoa/sdk';
import { Camera, Mic, Users, Volume2 } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { DeviceSelect } from '../devices/device-select.js';
import { DeviceTrouble } from '../devices/device-trouble.js';
import { usePhone } from '../parts/use-media.js';
import { useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { ThemeToggle } from '../theme/theme-toggle.js';
import { OwnPicture } from './own-picture.js';

interface PreviewScreenProps {
  readonly name: string;
  /** Given from outside: the field cannot be changed. */
  readonly nameLocked: boolean;
  readonly onJoin: (name: string) => void;
}

/** Before the room: who am I, how do I look and sound. */
export function PreviewScreen({ name: firstName, nameLocked, onJoin }: PreviewScreenProps) {
  const { preview: texts } = useTexts();
  const [name, setName] = useState(firstName);
  const status = useStoaState((state) => state.connection.status);
  const microphone = useStoaState((state) => state.local.microphone.allowed);
  const camera = useStoaState((state) => state.local.camera.allowed);
  const ready = status === 'preview';
  const viewer = ready && !microphone && !camera;
  const submitted = (event: FormEvent) => {
    event.preventDefault();
    if (ready && name.trim() !== '') onJoin(name.trim());
  };
  return (
    <main className="stoa-preview">
      <div className="stoa-corner">
        <ThemeToggle />
      </div>
      <h1>{texts.title}</h1>
      <p className="stoa-hint">{viewer ? texts.hintViewer : texts.hint}</p>
      <RoomFacts />
      {!viewer && <OwnPicture name={name} />}
      <DeviceTrouble kind="camera" />
      <DeviceTrouble kind="microphone" />
      <form className="stoa-join" onSubmit={submitted}>
        <NameField name={name} locked={nameLocked} onName={setName} />
        <button
          type="submit"
          className="stoa-button"
          data-tone="primary"
          disabled={!ready || name.trim() === ''}
        >
          {status === 'joining' ? texts.joining : ready ? texts.join : texts.connecting}
        </button>
      </form>
      {(microphone || camera) && (
        <div className="stoa-preview-devices">
          {camera && <DeviceSelect kind="camera" icon={<Camera aria-hidden="true" />} />}
          {microphone && <DeviceSelect kind="microphone" icon={<Mic aria-hidden="true" />} />}
          <DeviceSelect kind="speaker" icon={<Volume2 aria-hidden="true" />} />
        </div>
      )}
    </main>
  );
}

interface NameFieldProps {
  readonly name: string;
  readonly locked: boolean;
  readonly onName: (name: string) => void;
}

function NameField({ name, locked, onName }: NameFieldProps) {
  const { preview: texts } = useTexts();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const phone = usePhone();
  // A phone would cover half of the page with its keyboard.
  useEffect(() => {
    if (!phone && field.current?.value === '') field.current.focus({ preventScroll: true });
  }, [phone]);
  return (
    <>
      <label htmlFor={id} className="stoa-hidden">
        {texts.name}
      </label>
      <input
        ref={field}
        id={id}
        className="stoa-field"
        value={name}
        required
        readOnly={locked}
        maxLength={100}
        autoComplete="name"
        placeholder={texts.namePlaceholder}
        onChange={(event) => onName(event.target.value)}
      />
    </>
  );
}

/** Role, and who is there already, as far as the server tells it. */
function RoomFacts() {
  const { preview: texts } = useTexts();
  const role = useStoaState((state) => selectLocalPeer(state)?.role ?? '');
  const others = useStoaState((state) => state.room.peerCount);
  const live = useStoaState((state) => state.room.outputs.hls === true || state.room.outputs.rtmp === true);
  return (
    <div className="stoa-facts">
      {live && (
        <span className="stoa-chip" data-tone="danger">
          {texts.live}
        </span>
      )}
      {role !== '' && <span className="stoa-chip">{texts.asRole(role)}</span>}
      {others !== undefined && (
        <span className="stoa-chip">
          <Users aria-hidden="true" />
          {others === 0 ? texts.nobodyHere : texts.othersHere(others)}
        </span>
      )}
    </div>
  );
}
