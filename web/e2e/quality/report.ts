import type { Recording } from './call.js';
import { perSecond, recoveries, type Summary, summarise } from './measure.js';
import type { Scenario } from './scenarios.js';

/** A scenario and what came of it. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly summary: Summary;
  readonly recording: Recording;
  /** Worst of them; undefined when nothing had to recover. */
  readonly recoverSeconds: number | undefined;
}

export interface Failure {
  readonly scenario: Scenario;
  readonly error: string;
}

export function judge(scenario: Scenario, recording: Recording): Outcome {
  const found = recoveries(recording.viewer, recording.steps, recording.pace);
  return {
    scenario,
    summary: summarise(recording.viewer, recording.steps),
    recording,
    recoverSeconds: found.length === 0 ? undefined : Math.max(...found),
  };
}

const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
const seconds = (value: number) => (Number.isFinite(value) ? `${value.toFixed(1)} s` : 'never');

/** Frames per second that a call on a good link must have for its figures to be about the link. */
const LEAST_PACE = 15;

/** What is aimed at, and whether it was reached. */
function verdict({ scenario, summary, recording, recoverSeconds }: Outcome): string {
  if (scenario.udpBlocked !== true && recording.pace < LEAST_PACE)
    return 'unclear: slow before anything happened';
  const said = (ok: boolean, aim: string) => `${ok ? 'reached' : '**missed**'}: ${aim}`;
  const empty = summary.emptySeconds / summary.seconds;
  switch (scenario.id) {
    case 'a':
      return said(empty <= 0.03 && (summary.linkUse ?? 0) >= 0.75, '<= 3 % empty, >= 75 % link use');
    case 'b':
      return said(summary.emptySeconds === 0 && summary.concealed < 0.02, 'no empty second, < 2 % concealed');
    case 'c':
      return said((recoverSeconds ?? Number.POSITIVE_INFINITY) <= 2, 'recovers <= 2 s');
    case 'f':
      return said(recording.firstFrameSeconds <= 3 && summary.protocol === 'tcp', 'media <= 3 s, by TCP');
    default:
      return '';
  }
}

const HEAD = [
  ...['', 'scenario', 'measured', 'seconds without a frame', 'freezes', 'frames/s (before)', 'kbit/s'],
  ...['link use', 'recovers', 'concealed audio', 'size changes', 'heights', 'NACK / PLI', 'path', 'aim'],
];

function row(outcome: Outcome): string[] {
  const { scenario, summary, recording, recoverSeconds } = outcome;
  const heights = [...summary.heights].sort(([a], [b]) => b - a);
  return [
    scenario.id,
    scenario.title,
    `${summary.seconds.toFixed(0)} s`,
    `${summary.emptySeconds} (${percent(summary.emptySeconds / summary.seconds)})`,
    `${summary.freezes.toFixed(0)}, ${seconds(summary.freezeSeconds)}`,
    `${summary.framesPerSecond.toFixed(1)} (${scenario.udpBlocked === true ? '-' : recording.pace.toFixed(1)})`,
    summary.kbps.toFixed(0),
    summary.linkUse === undefined ? '-' : percent(summary.linkUse),
    scenario.udpBlocked === true
      ? `first frame ${seconds(recording.firstFrameSeconds)}`
      : recoverSeconds === undefined
        ? '-'
        : seconds(recoverSeconds),
    percent(summary.concealed),
    `${summary.layerSwitches}`,
    heights.map(([height, share]) => `${height}: ${percent(share)}`).join(', '),
    `${summary.nacks.toFixed(0)} / ${summary.plis.toFixed(0)}`,
    summary.protocol,
    verdict(outcome),
  ];
}

/** The table, readable as Markdown and in a terminal. */
export function table(outcomes: readonly Outcome[], failures: readonly Failure[]): string {
  const rows = [
    ...outcomes.map(row),
    ...failures.map(({ scenario, error }) => [
      scenario.id,
      scenario.title,
      `failed: ${error.split('\n')[0]}`,
    ]),
  ];
  const line = (cells: readonly string[]) => `| ${HEAD.map((_, i) => cells[i] ?? '').join(' | ')} |`;
  return [line(HEAD), line(HEAD.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Second by second, step by step, for those who want to know when. */
export function details({ scenario, recording }: Outcome): string {
  const rows = recording.steps.map(({ step, from, to }) => {
    const all = perSecond(recording.viewer, { from, to });
    const list = (value: (second: (typeof all)[number]) => number) =>
      all.map((second) => value(second).toFixed(0)).join(' ');
    const what = step.say.join('; ') || 'as before';
    return [what, list((s) => s.frames), list((s) => s.kbps), list((s) => s.height)];
  });
  const { up, down } = recording.link;
  const late = (up.late + down.late) / Math.max(1, up.sent + down.sent);
  const sender = recording.publisher.at(-1);
  return [
    `### ${scenario.id}: ${scenario.title}`,
    '',
    `The link lost ${up.lost} of ${up.sent} packets up and ${down.lost} of ${down.sent} down; ${percent(late)} were ` +
      `late by more than 10 ms (worst ${Math.max(up.latestMs, down.latestMs)} ms). The publisher sent ` +
      `${sender?.sentHeight ?? 0} lines in the end (limited by: ${sender?.limit || 'unknown'}).`,
    '',
    '| link | frames each second | kbit/s | height |',
    '|---|---|---|---|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    '',
  ].join('\n');
}
