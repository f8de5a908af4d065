/** Signals a process started as leader of a group, and all that it started; nothing when they are gone already. */
export function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // already gone
  }
}
