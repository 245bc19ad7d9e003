/** Between two changes of the link. */
export interface Step {
  /** Lines for the link emulator, at the step's beginning. */
  readonly say: readonly string[];
  readonly seconds: number;
  /** What the emulated link carries, when that is what the step is about. */
  readonly linkKbps?: number;
  /** `good` after `bad` is where recovery is measured. */
  readonly link: 'good' | 'bad';
}

export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Whose link it is. */
  readonly hurts: 'viewer' | 'publisher';
  /** No UDP from the beginning: the time until the first picture is what counts. */
  readonly udpBlocked?: boolean;
  readonly steps: readonly Step[];
}

/** What a call over a good access line has. */
export const GOOD = 'both clean delay=20ms';

/** In kbit/s, for twenty seconds each. */
const STAIRCASE = [
  150, 500, 300, 150, 150, 200, 1200, 1500, 300, 300, 150, 150, 200, 200, 250, 250, 500, 500,
];
const UPLINK_KBPS = 300;
const STALL_SECONDS = 2;
const STALL_EVERY_SECONDS = 10;
const RAMP_STEPS = 10;
const RAMP_MS = 200;

/** The scenarios a to g. @param seconds a step of the staircase; everything else is in proportion */
export function scenarios(seconds: number): readonly Scenario[] {
  const good = (share: number): Step => ({ say: [GOOD], seconds: share * seconds, link: 'good' });
  const bad = (share: number, ...say: string[]): Step => ({ say, seconds: share * seconds, link: 'bad' });
  return [
    {
      id: 'a',
      title: `viewer's bandwidth in steps of ${seconds} s`,
      hurts: 'viewer',
      steps: STAIRCASE.map((kbps) => ({ ...bad(1, `down rate=${kbps}k queue=300ms`), linkKbps: kbps })),
    },
    {
      id: 'b',
      title: '10 % random loss',
      hurts: 'viewer',
      steps: [good(0.25), bad(1.5, 'both loss=10%'), good(0.25)],
    },
    {
      id: 'c',
      title: `30 % loss for ${seconds / 2} s`,
      hurts: 'viewer',
      steps: [good(0.25), bad(0.5, 'both loss=30%'), good(0.75)],
    },
    { id: 'd', title: '2 s stall every 10 s', hurts: 'viewer', steps: [good(0.25), ...stalls(seconds)] },
    {
      id: 'e',
      title: `delay ramp of +${RAMP_MS} ms`,
      hurts: 'viewer',
      steps: [good(0.25), ...ramp(seconds), bad(0.5), good(0.5)],
    },
    {
      id: 'f',
      title: 'UDP blocked, ICE-TCP',
      hurts: 'viewer',
      udpBlocked: true,
      steps: [bad(0.5)],
    },
    {
      id: 'g',
      title: `publisher's uplink ${UPLINK_KBPS} kbit/s`,
      hurts: 'publisher',
      steps: [
        good(0.25),
        { ...bad(1.5, `up rate=${UPLINK_KBPS}k queue=300ms`), linkKbps: UPLINK_KBPS },
        good(0.5),
      ],
    },
  ];
}

function stalls(seconds: number): Step[] {
  const count = Math.max(1, Math.round((1.5 * seconds) / STALL_EVERY_SECONDS));
  return Array.from({ length: count }, (): Step[] => [
    { say: [`both stall=${STALL_SECONDS}s`], seconds: STALL_SECONDS, link: 'bad' },
    { say: [], seconds: STALL_EVERY_SECONDS - STALL_SECONDS, link: 'good' },
  ]).flat();
}

function ramp(seconds: number): Step[] {
  return Array.from({ length: RAMP_STEPS }, (_, i) => ({
    say: [`down delay=${20 + ((i + 1) * RAMP_MS) / RAMP_STEPS}ms`],
    seconds: (0.5 * seconds) / RAMP_STEPS,
    link: 'bad',
  }));
}
