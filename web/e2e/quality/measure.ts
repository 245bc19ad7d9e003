import type { Sample } from './sampler.js';
import type { Step } from './scenarios.js';

/** Milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A step as it was done. */
export interface DoneStep extends Span {
  readonly step: Step;
}

/** One second of the viewer's call. */
export interface Second {
  /** Decoded. */
  readonly frames: number;
  /** Of audio and video, with RTP headers. */
  readonly kbps: number;
  readonly height: number;
}

export interface Summary {
  readonly seconds: number;
  /** Seconds without a decoded frame. */
  readonly emptySeconds: number;
  readonly freezes: number;
  readonly freezeSeconds: number;
  readonly framesPerSecond: number;
  readonly kbps: number;
  /** Received bits, repairs included / bits the link could have carried; undefined where the rate is not limited. */
  readonly linkUse: number | undefined;
  /** Changes of the picture's size. */
  readonly layerSwitches: number;
  /** Sizes of the picture, with the share of time each was shown. */
  readonly heights: ReadonlyMap<number, number>;
  /** Share of audio that was made up, 0 to 1. */
  readonly concealed: number;
  readonly nacks: number;
  readonly plis: number;
  readonly protocol: string;
}

type Counter = {
  [K in keyof Sample]: Sample[K] extends number ? K : never;
}[keyof Sample];

/** Less than half a frame in a second is none: counters are read between samples. */
const NO_FRAME = 0.5;
/** A picture that moves at two thirds of its pace has recovered. */
const RECOVERED_SHARE = 2 / 3;
const STRIDE_MS = 100;
/** A step's timer may end a little early; its last second still counts. */
const TIMER_SLACK_MS = 50;

/** A counter's value at a time between two samples. */
export function valueAt(samples: readonly Sample[], counter: Counter, at: number): number {
  let before: Sample | undefined;
  for (const sample of samples) {
    if (sample.at > at) {
      if (before === undefined) return sample[counter];
      const share = (at - before.at) / (sample.at - before.at);
      return before[counter] + share * (sample[counter] - before[counter]);
    }
    before = sample;
  }
  return before?.[counter] ?? 0;
}

function grown(samples: readonly Sample[], counter: Counter, { from, to }: Span): number {
  return valueAt(samples, counter, to) - valueAt(samples, counter, from);
}

/** Picture height that was current at a time. */
function heightAt(samples: readonly Sample[], at: number): number {
  let height = 0;
  for (const sample of samples) if (sample.at <= at) height = sample.height;
  return height;
}

export function perSecond(samples: readonly Sample[], { from, to }: Span): Second[] {
  const seconds: Second[] = [];
  for (let at = from; at + 1_000 <= to + TIMER_SLACK_MS; at += 1_000) {
    const span = { from: at, to: at + 1_000 };
    seconds.push({
      frames: grown(samples, 'frames', span),
      kbps: (grown(samples, 'bytes', span) * 8) / 1_000,
      height: heightAt(samples, span.to),
    });
  }
  return seconds;
}

export function summarise(samples: readonly Sample[], steps: readonly DoneStep[]): Summary {
  const span = { from: steps[0]?.from ?? 0, to: steps.at(-1)?.to ?? 0 };
  const within = samples.filter(({ at }) => at >= span.from && at <= span.to);
  const seconds = perSecond(samples, span);
  const length = (span.to - span.from) / 1_000;
  const audioSamples = grown(samples, 'audioSamples', span);
  return {
    seconds: length,
    emptySeconds: seconds.filter(({ frames }) => frames < NO_FRAME).length,
    freezes: grown(samples, 'freezes', span),
    freezeSeconds: grown(samples, 'freezeSeconds', span),
    framesPerSecond: grown(samples, 'frames', span) / length,
    kbps: (grown(samples, 'bytes', span) * 8) / 1_000 / length,
    linkUse: linkUse(samples, steps),
    layerSwitches: within.filter((sample, i) => i > 0 && sample.height !== within[i - 1]?.height).length,
    heights: shares(seconds.map(({ height }) => height)),
    concealed: audioSamples > 0 ? grown(samples, 'concealedSamples', span) / audioSamples : 0,
    nacks: grown(samples, 'nacks', span),
    plis: grown(samples, 'plis', span),
    protocol: within.at(-1)?.protocol ?? '',
  };
}

function linkUse(samples: readonly Sample[], steps: readonly DoneStep[]): number | undefined {
  let bits = 0;
  let capacity = 0;
  for (const { step, from, to } of steps) {
    if (step.linkKbps === undefined) continue;
    bits += grown(samples, 'bytes', { from, to }) * 8;
    capacity += step.linkKbps * (to - from);
  }
  return capacity === 0 ? undefined : bits / capacity;
}

function shares(values: readonly number[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1 / values.length);
  return found;
}

/**
 * Seconds from each end of a bad stretch until the picture moves again at its pace for a second. Infinity when it
 * does not within the good stretch.
 *
 * @param pace frames per second before anything happened
 */
export function recoveries(samples: readonly Sample[], steps: readonly DoneStep[], pace: number): number[] {
  const found: number[] = [];
  steps.forEach(({ step, from, to }, i) => {
    if (step.link === 'good' && steps[i - 1]?.step.link === 'bad') {
      found.push(recovery(samples, { from, to }, pace));
    }
  });
  return found;
}

function recovery(samples: readonly Sample[], { from, to }: Span, pace: number): number {
  for (let at = from; at + 1_000 <= to; at += STRIDE_MS) {
    const frames = grown(samples, 'frames', { from: at, to: at + 1_000 });
    if (frames >= Math.max(1, pace * RECOVERED_SHARE)) return (at - from) / 1_000;
  }
  return Number.POSITIVE_INFINITY;
}
