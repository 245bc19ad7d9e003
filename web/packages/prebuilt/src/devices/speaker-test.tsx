import { useState } from 'react';
import { useStoaState } from '../state/stoa.js';
import { useTexts } from '../texts/texts.js';
import { selectChosen } from './choices.js';

const TEST_MS = 700;

/** Plays a short tone on a speaker; resolves when it is over, whether it was heard or not. */
async function playTone(speakerId: string): Promise<void> {
  const context = new AudioContext();
  const output = context.createMediaStreamDestination();
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = 523;
  volume.gain.setValueAtTime(0.2, context.currentTime);
  volume.gain.linearRampToValueAtTime(0, context.currentTime + TEST_MS / 1000);
  tone.connect(volume).connect(output);
  const audio = new Audio();
  audio.srcObject = output.stream;
  try {
    if (speakerId !== '' && 'setSinkId' in audio) await audio.setSinkId(speakerId);
    await audio.play();
    tone.start();
    await new Promise((done) => setTimeout(done, TEST_MS));
  } catch {
    // A speaker that was just unplugged: silence tells enough.
  } finally {
    audio.srcObject = null;
    await context.close();
  }
}

export function SpeakerTest() {
  const { devices: texts } = useTexts();
  const speaker = useStoaState(selectChosen('speaker'));
  const [playing, setPlaying] = useState(false);
  const test = async () => {
    setPlaying(true);
    await playTone(speaker);
    setPlaying(false);
  };
  return (
    <button type="button" className="stoa-button" disabled={playing} onClick={() => void test()}>
      {playing ? texts.testing : texts.test}
    </button>
  );
}
