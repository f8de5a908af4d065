import type { Json } from '../../values/json.js';
import type { ModuleResult } from '../module.js';

const two = (n: number, width = 2) => String(n).padStart(width, '0');

/** A moment of the controller's clock as Python prints a local datetime; `ms` are milliseconds since the epoch. */
export function stamp(ms: number): string {
  const d = new Date(ms);
  const day = `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
  const micros = two(Math.floor((ms - Math.floor(ms / 1000) * 1000) * 1000), 6);
  return `${day} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}.${micros}`;
}

/** A duration of milliseconds as Python prints a timedelta: `0:00:01.002003`. */
export function duration(ms: number): string {
  const micros = Math.round(ms * 1000);
  const seconds = Math.floor(micros / 1e6);
  const days = Math.floor(seconds / 86_400);
  const clock = `${Math.floor((seconds % 86_400) / 3600)}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  const shown = days === 0 ? '' : `${days} day${days === 1 ? '' : 's'}, `;
  return `${shown}${clock}${micros % 1e6 === 0 ? '' : `.${two(micros % 1e6, 6)}`}`;
}

/** Lines as Python's `splitlines` cuts them. */
export function lines(text: string): string[] {
  const all = text.split(/\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]/);
  return all.at(-1) === '' ? all.slice(0, -1) : all;
}

/** What a finished command gives: `from` and `to` are milliseconds since the epoch. */
export type Finished = {
  readonly cmd: Json;
  readonly rc: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly from: number;
  readonly to: number;
};

/** The result of a command that was run; it failed when its exit code is not 0. */
export function commandResult(done: Finished, strip: boolean): ModuleResult {
  const read = (bytes: Buffer) => {
    const all = bytes.toString('utf8');
    return strip ? all.replace(/[\r\n]+$/, '') : all;
  };
  const [stdout, stderr] = [read(done.stdout), read(done.stderr)];
  return {
    changed: true,
    cmd: done.cmd,
    rc: done.rc,
    stdout,
    stdout_lines: lines(stdout),
    stderr,
    stderr_lines: lines(stderr),
    start: stamp(done.from),
    end: stamp(done.to),
    delta: duration(done.to - done.from),
    msg: done.rc === 0 ? '' : 'non-zero return code',
    ...(done.rc !== 0 && { failed: true }),
  };
}
