import { ChevronUp } from 'lucide-react';
import { Menu, MenuChoices, MenuLine } from '../parts/menu.js';
import { useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { SourceToggle } from './source-toggle.js';
import { useDevice } from './use-device.js';

const Chevron = ({ label, ...rest }: { readonly label: string }) => (
  <button {...rest} type="button" className="stoa-chevron" aria-label={label}>
    <ChevronUp aria-hidden="true" />
  </button>
);

/** Microphone button with the lists of microphones and speakers. */
export function MicrophoneControl({ menu }: { readonly menu: boolean }) {
  const { devices: texts } = useTexts();
  const microphones = useDevice('microphone');
  const speakers = useDevice('speaker');
  const allowed = useStoaState((state) => state.local.microphone.allowed);
  if (!allowed) return null;
  return (
    <div className="stoa-split">
      <SourceToggle kind="microphone" />
      {menu && (
        <Menu align="start" trigger={<Chevron label={texts.microphoneMenu} />}>
          <MenuChoices
            label={texts.microphone}
            choices={microphones.choices}
            chosen={microphones.chosen}
            onChoose={microphones.choose}
          />
          {speakers.choices.length > 0 && (
            <>
              <MenuLine />
              <MenuChoices
                label={texts.speaker}
                choices={speakers.choices}
                chosen={speakers.chosen}
                onChoose={speakers.choose}
              />
            </>
          )}
        </Menu>
      )}
    </div>
  );
}

/** Camera button with the list of cameras. */
export function CameraControl({ menu }: { readonly menu: boolean }) {
  const { devices: texts } = useTexts();
  const cameras = useDevice('camera');
  const allowed = useStoaState((state) => state.local.camera.allowed);
  if (!allowed) return null;
  return (
    <div className="stoa-split">
      <SourceToggle kind="camera" />
      {menu && (
        <Menu align="start" trigger={<Chevron label={texts.cameraMenu} />}>
          <MenuChoices
            label={texts.camera}
            choices={cameras.choices}
            chosen={cameras.chosen}
            onChoose={cameras.choose}
          />
        </Menu>
      )}
    </div>
  );
}
