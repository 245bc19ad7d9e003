import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A file for Chromium's fake microphone: syllables of a gliding tone. A steady tone would be taken for noise by the
 * browser's noise suppression and fade away.
 */
export function makeTone(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'stoa-tone-')), 'tone.wav');
  const wave = '0.6*sin(2*PI*(300+150*sin(2*PI*0.7*t))*t)*gt(sin(2*PI*3*t)\\,-0.3)';
  const made = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-f', 'lavfi', '-i', `aevalsrc=${wave}:s=48000:d=10`, '-ac', '1', '-y', file],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`ffmpeg: ${made.error?.message ?? made.stderr}`);
  return file;
}
