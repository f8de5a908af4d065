import type { JsonObject } from '../../values/json.js';

/** The parts of a version such as 15.6 or 9.6.24, from what the server says of itself. */
export function serverVersion(raw: string): JsonObject {
  const full = raw.split(' ')[1] ?? '';
  const [major, minor, patch] = (/^(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(full) ?? []).slice(1);
  return {
    major: Number(major),
    minor: Number(minor ?? 0),
    full,
    raw,
    ...(patch === undefined ? {} : { patch: Number(patch) }),
  };
}
