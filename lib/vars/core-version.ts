const FULL = '2.14.18';

/** The version of ansible-core whose language is understood here; what `ansible_version` says. */
export const CORE_VERSION = { full: FULL, major: 2, minor: 14, revision: 18, string: FULL } as const;
