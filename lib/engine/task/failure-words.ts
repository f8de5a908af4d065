import type { Action } from '../../node/actions/action.js';

/** The words of chown in Ansible's, which playbooks look for. */
function accountWords(stderr: string): string | undefined {
  const [, kind, name] = /^chown: invalid (user|group): ['\u2018](.*?)['\u2019]/m.exec(stderr) ?? [];
  if (name === undefined) return undefined;
  const [owner = '', group = ''] = name.split(':');
  return kind === 'user'
    ? `chown failed: failed to look up user ${owner}`
    : `chgrp failed: failed to look up group ${group || owner}`;
}

// Programs tell of the temporary file, which nobody knows, or of their own output, which goes there.
const WRITING = /(?:^head: (?:error writing|write error).*|\/\.ffe-[0-9a-f]+\.tmp.*): ([^:\n]+)$/m;
/** What a shell says before its own words. */
const SHELL = /^(?:\/bin\/)?sh: (?:\d+|line \d+): (?:eval: )?/gm;

/** What a person should read of an action's complaint: the file that could not be written, and why. */
export function failureWords(stderr: string, action: Action | undefined): string | undefined {
  const reason = WRITING.exec(stderr)?.[1];
  const written = action && 'path' in action ? action.path : undefined;
  if (reason !== undefined && written !== undefined) return `cannot write ${written}: ${reason.trim()}`;
  return accountWords(stderr);
}

/** The same complaint without the shell that made it. */
export function withoutShell(stderr: string): string {
  return stderr.replace(SHELL, '');
}
