import { commandText } from './command-text.js';
import type { Exec, ExecResult } from './node.js';
import type { Session } from './session.js';

/** Whether a command may run inside the long-lived shell: nothing of it needs a channel of its own. */
export function fitsInline(command: Exec): boolean {
  return (
    command.timeout === undefined &&
    command.onOutput === undefined &&
    (command.stdin === undefined || command.stdin.length === 0)
  );
}

// setsid is in util-linux, not in coreutils; without it, what a command leaves behind is noticed only when it prints.
const OWN_SESSION = 'set --; command -v setsid >/dev/null && set -- setsid; ';

/** Runs a command inside the long-lived shell, in one round trip. */
export function runInline(session: Session, command: Exec): Promise<ExecResult> {
  return session.command(OWN_SESSION + commandText(command, '"$@" '), command.signal);
}
