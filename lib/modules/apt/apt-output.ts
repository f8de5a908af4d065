const SUMMARY =
  /^(\d+) (?:packages )?upgraded, (\d+) newly installed, (?:(\d+) re-?installed, )?(?:(\d+) downgraded, )?(\d+) to remove/m;

/** Whether what apt-get printed says that it changes anything. */
export function changesIn(output: string): boolean {
  const counts = SUMMARY.exec(output)?.slice(1) ?? [];
  return (
    counts.some((n) => Number(n) > 0) ||
    /^(?:Del|Setting up) /m.test(output) ||
    /not fully installed or removed/.test(output)
  );
}

/** The part of apt-get's output that says what becomes of which package, as --diff shows it. */
export function prepared(output: string): string {
  const lines = output.split('\n');
  const start = lines.indexOf('Reading state information...') + 1;
  const end = lines.findIndex((l) => /^[0-9]+ (packages )?upgraded/.test(l));
  return lines.slice(start, end < 0 ? lines.length : end + 1).join('\n');
}

/** Words for a failed call: the package that nobody has, or the call with what it printed. */
export function blame(words: readonly string[], stderr: string): string {
  const unknown = /^E: Unable to locate package (\S+)/m.exec(stderr)?.[1];
  if (unknown !== undefined) return `No package matching '${unknown}' is available`;
  const none = /^E: Package '?([^']+?)'? has no installation candidate/m.exec(stderr)?.[1];
  if (none !== undefined) return `no available installation candidate for ${none}`;
  const version = /^E: Version '([^']+)' for '([^']+)' was not found/m.exec(stderr);
  if (version) return `no available installation candidate for ${version[2]}=${version[1]}`;
  return `'${words.join(' ')}' failed: ${stderr}`;
}
