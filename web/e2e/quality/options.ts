import { parseArgs } from 'node:util';

export const USAGE = `Usage: make bench-quality ARGS="..."
  --only b,c     only these scenarios (a to g)
  --seconds 20   length of a step; the other times follow it
  --quick        the same as --seconds 2: to try it, not to measure
  --height 720   of the camera's picture: 720, or 360 for a busy machine
  --seed 1       of the emulated link
  --save         write bench/results/ even when not everything was run`;

/** Everything takes eleven minutes then. */
const STEP_SECONDS = 20;
const QUICK_SECONDS = 2;

export interface Options {
  readonly only: readonly string[];
  readonly seconds: number;
  readonly height: 720 | 360;
  readonly seed: number;
  readonly save: boolean;
  /** Not everything, or not long enough to mean much. */
  readonly partial: boolean;
}

/** Gives the reason when the arguments are wrong. */
export function readOptions(args: readonly string[], known: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        seconds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        height: { type: 'string', default: '720' },
        seed: { type: 'string', default: '1' },
        save: { type: 'boolean', default: false },
      },
    });
    const only = values.only?.split(',') ?? [...known];
    const unknown = only.find((id) => !known.includes(id));
    if (unknown !== undefined) return `there is no scenario ${unknown}, only ${known.join(', ')}`;
    const seconds = Number(values.seconds ?? (values.quick ? QUICK_SECONDS : STEP_SECONDS));
    if (!(seconds >= 1 && seconds <= 60)) return '--seconds must be between 1 and 60';
    if (values.height !== '720' && values.height !== '360') return '--height must be 720 or 360';
    const seed = Number(values.seed);
    if (!Number.isSafeInteger(seed)) return '--seed must be a whole number';
    const partial = only.length < known.length || seconds < STEP_SECONDS;
    return { only, seconds, height: values.height === '720' ? 720 : 360, seed, save: values.save, partial };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
