import type { HostStats } from '../engine/event.js';
import type { Paint } from './paint.js';

/** A host's line of PLAY RECAP, as Ansible prints it. */
export function recapLine(host: string, s: HostStats, paint: Paint): string {
  const counts = Object.entries({
    ok: s.ok,
    changed: s.changed,
    unreachable: s.unreachable,
    failed: s.failed,
    skipped: s.skipped,
    rescued: s.rescued,
    ignored: s.ignored,
  });
  const tone = s.failed + s.unreachable > 0 ? 'failed' : s.changed > 0 ? 'changed' : 'ok';
  return `${paint(tone, host.padEnd(26))} : ${counts.map(([k, v]) => `${k}=${String(v).padEnd(4)}`).join(' ')}`;
}
