import { MicLevel } from '../devices/mic-level.js';
import { SourceToggle, useSourceToggle } from '../devices/source-toggle.js';
import { useShortcuts } from '../meeting/use-shortcuts.js';
import { Avatar } from '../parts/avatar.js';
import { usePreferences } from '../state/preferences.js';
import { useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { Video } from '../tiles/video.js';

/** The own tile with the buttons for microphone and camera. */
export function OwnPicture({ name }: { readonly name: string }) {
  const { preview: texts } = useTexts();
  const { value: preferences } = usePreferences();
  const peerId = useStoaState((state) => state.local.peerId);
  const camera = useStoaState((state) => state.local.camera);
  const microphone = useStoaState((state) => state.local.microphone.allowed);
  useShortcuts({ m: useSourceToggle('microphone').toggle, v: useSourceToggle('camera').toggle });
  const shown = camera.on && camera.trackId !== undefined && peerId !== undefined;
  return (
    <section className="stoa-own" aria-label={texts.ownPicture}>
      {shown ? (
        <Video trackId={camera.trackId} peerId={peerId} mirrored={preferences.mirror} />
      ) : (
        <>
          <Avatar name={name} />
          {camera.allowed && (
            <p className="stoa-own-note">{camera.busy ? texts.cameraStarting : texts.cameraOff}</p>
          )}
        </>
      )}
      <div className="stoa-own-controls">
        {microphone && <MicLevel />}
        <div className="stoa-controls-group">
          <SourceToggle kind="microphone" />
          <SourceToggle kind="camera" />
        </div>
      </div>
    </section>
  );
}
