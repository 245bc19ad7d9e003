import { expect, test } from 'vitest';
import { type DoneStep, perSecond, recoveries, summarise } from '../quality/measure.js';
import type { Sample } from '../quality/sampler.js';

const NOTHING: Sample = {
  ...{
    at: 0,
    frames: 0,
    keyFrames: 0,
    width: 0,
    height: 0,
    freezes: 0,
    freezeSeconds: 0,
    bytes: 0,
    nacks: 0,
  },
  ...{
    plis: 0,
    audioSamples: 0,
    concealedSamples: 0,
    protocol: 'udp',
    sentBytes: 0,
    sentHeight: 0,
    limit: '',
  },
};

/** A sample each 200 ms; `at` gives the frames and bytes of each second, and the picture's height. */
function call(seconds: readonly { frames: number; bytes: number; height: number }[]): Sample[] {
  const samples: Sample[] = [{ ...NOTHING, height: seconds[0]?.height ?? 0 }];
  for (const { frames, bytes, height } of seconds) {
    for (let i = 0; i < 5; i++) {
      const last = samples.at(-1) ?? NOTHING;
      samples.push({
        ...last,
        at: last.at + 200,
        frames: last.frames + frames / 5,
        bytes: last.bytes + bytes / 5,
        height,
        audioSamples: last.audioSamples + 9_600,
        concealedSamples: last.concealedSamples + (frames === 0 ? 960 : 0),
      });
    }
  }
  return samples;
}

const moving = { frames: 30, bytes: 50_000, height: 720 };
const small = { frames: 30, bytes: 12_500, height: 180 };
const still = { frames: 0, bytes: 0, height: 180 };
const step = (link: 'good' | 'bad', from: number, to: number, linkKbps?: number): DoneStep => ({
  step: { say: [], seconds: (to - from) / 1_000, link, ...(linkKbps === undefined ? {} : { linkKbps }) },
  from,
  to,
});

test('counts seconds without a frame, sizes and made-up audio', () => {
  const samples = call([moving, moving, small, still, still, moving]);
  expect(perSecond(samples, { from: 0, to: 6_000 }).map(({ frames, height }) => [frames, height])).toEqual([
    [30, 720],
    [30, 720],
    [30, 180],
    [0, 180],
    [0, 180],
    [30, 720],
  ]);
  const summary = summarise(samples, [step('bad', 0, 6_000)]);
  expect(summary.emptySeconds).toBe(2);
  expect(summary.layerSwitches).toBe(2);
  expect(summary.heights.get(720)).toBeCloseTo(0.5);
  expect(summary.concealed).toBeCloseTo(0.1 / 3);
  expect(summary.linkUse).toBeUndefined();
});

test('link use weighs each step by what it could carry', () => {
  const samples = call([moving, moving, small, small]);
  // 400 of 800 kbit/s, then 100 of 200.
  expect(
    summarise(samples, [step('bad', 0, 2_000, 800), step('bad', 2_000, 4_000, 200)]).linkUse,
  ).toBeCloseTo(0.5);
  // Only steps with a rate count.
  expect(summarise(samples, [step('good', 0, 2_000), step('bad', 2_000, 4_000, 100)]).linkUse).toBeCloseTo(1);
});

test('recovery counts from the end of the trouble to the beginning of a second at pace', () => {
  const bad = step('bad', 1_000, 3_000);
  const after = step('good', 3_000, 7_000);
  const late = recoveries(call([moving, still, still, still, small, moving, moving]), [bad, after], 30);
  expect(late[0]).toBeCloseTo(0.7); // two thirds of the pace within the second from there
  expect(recoveries(call([moving, small, small, moving, moving, moving, moving]), [bad, after], 30)).toEqual([
    0,
  ]);
  expect(recoveries(call([moving, still, still, still, still, still, still]), [bad, after], 30)).toEqual([
    Number.POSITIVE_INFINITY,
  ]);
});

test('samples that come late make no empty second', () => {
  const samples = call([moving, moving, moving, moving]).filter(({ at }) => at <= 1_000 || at >= 3_000);
  expect(summarise(samples, [step('bad', 0, 4_000)]).emptySeconds).toBe(0);
});
