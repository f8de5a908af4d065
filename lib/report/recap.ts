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

/** A host's counts in few words, for the tree: what did not happen is left out. */
export function recapWords(host: string, s: HostStats, paint: Paint): string {
  const parts: [number, string, Parameters<Paint>[0]][] = [
    [s.ok, 'ok', 'ok'],
    [s.changed, 'changed', 'changed'],
    [s.skipped, 'skipped', 'skipped'],
    [s.rescued, 'rescued', 'changed'],
    [s.ignored, 'ignored', 'skipped'],
    [s.failed, 'failed', 'failed'],
    [s.unreachable, 'unreachable', 'unreachable'],
  ];
  const shown = parts
    .filter(([n, word]) => n > 0 || word === 'changed')
    .map(([n, word, tone]) => paint(n > 0 ? tone : 'plain', `${n} ${word}`));
  return `${host.padEnd(20)} ${shown.join('  ')}`;
}
