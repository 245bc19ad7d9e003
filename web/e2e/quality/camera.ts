import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FPS = 30;
const LOOP_SECONDS = 3;

/** A camera's picture that moves everywhere, so that the encoder needs the bitrate it is given. */
export class CameraFile {
  readonly path: string;
  readonly #folder: string;

  constructor(height: number) {
    this.#folder = mkdtempSync(join(tmpdir(), 'stoa-camera-'));
    this.path = join(this.#folder, 'camera.y4m');
    const source = `testsrc2=size=${(height * 16) / 9}x${height}:rate=${FPS}:duration=${LOOP_SECONDS}`;
    const made = spawnSync(
      'ffmpeg',
      ['-v', 'error', '-f', 'lavfi', '-i', source, '-pix_fmt', 'yuv420p', '-y', this.path],
      { encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`ffmpeg: ${made.error?.message ?? made.stderr}`);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
