import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';

const load = () =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');

function command(program: string, ...args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}

/** What the figures depend on. Call the result at the end of the run. */
export function describeMachine(): () => string[] {
  const before = load();
  return () => [
    `- Machine: ${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}, ` +
      `${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
    `- Browser: ${command(process.env.STOA_CHROMIUM ?? 'chromium', '--version')}; Node ${process.version}`,
    `- Commit: ${command('git', 'rev-parse', '--short', 'HEAD')}` +
      (command('git', 'status', '--porcelain') === '' ? '' : ', with changes that were not committed') +
      (process.env.STOA_LAUNCHER === undefined ? '' : '; the server is a build of its own (STOA_LAUNCHER)'),
    `- Load average (1, 5, 15 min): ${before} at the start, ${load()} at the end`,
  ];
}
