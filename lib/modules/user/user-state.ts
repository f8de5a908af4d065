import type { GroupAnswer, PasswdAnswer, ReadAnswer } from '../../node/queries/query.js';
import type { ArgsOf } from '../args.js';
import type { userArgs } from './user-args.js';

/** What is wanted of a user. */
export type UserWish = ArgsOf<typeof userArgs>;
/** A user that exists. */
export type KnownUser = Extract<PasswdAnswer, { found: true }>;
/** What is known: the user, whether its home is there, its key, and the groups that had to be looked up. */
export type UserFacts = {
  readonly user: PasswdAnswer;
  readonly home?: ReadAnswer;
  readonly key?: ReadAnswer;
  readonly groups?: readonly GroupAnswer[];
};

/** The user when it exists where `local` says to look. */
export function known(wish: UserWish, answer: PasswdAnswer): KnownUser | undefined {
  return answer.found && answer.name === wish.name && (answer.local || !wish.local) ? answer : undefined;
}

/** The supplementary groups that are wanted: trimmed, each once, the primary group left out. */
export function wantedGroups(wish: UserWish, primary: string | undefined): string[] | undefined {
  const names = wish.groups?.map((g) => g.trim()).filter((g) => g !== '' && g !== primary);
  return names && [...new Set(names)];
}

/** True when the user has the primary group that is wanted, by name or number. */
export function hasPrimary(wish: UserWish, user: KnownUser): boolean {
  return wish.group === undefined || wish.group === user.primaryGroup || wish.group === String(user.gid);
}

/** True when nothing is to be done about supplementary groups. */
export function hasGroups(wish: UserWish, user: KnownUser): boolean {
  const primary = hasPrimary(wish, user) ? user.primaryGroup : wish.group;
  const wanted = wantedGroups(wish, primary);
  if (wanted === undefined) return true;
  const now = new Set(user.groups.filter((g) => g !== primary));
  return wanted.every((g) => now.has(g)) && (wish.append || now.size === wanted.length);
}

/** Names of groups that must be looked up before the user can be added or changed. */
export function groupsToCheck(wish: UserWish, user: KnownUser | undefined): string[] {
  const primary = wish.group === undefined ? [] : [wish.group];
  if (user === undefined) {
    const own = wish.group === undefined ? [wish.name] : primary;
    return [...own, ...(wantedGroups(wish, wish.group) ?? [])];
  }
  return [
    ...(hasPrimary(wish, user) ? [] : primary),
    ...(hasGroups(wish, user) ? [] : (wantedGroups(wish, wish.group ?? user.primaryGroup) ?? [])),
  ];
}

const SECONDS_PER_DAY = 86_400;

/** `expires` as shadow's days since the epoch; '' for never. */
export function expiryDay(seconds: number): string {
  return seconds < 0 ? '' : String(Math.floor(seconds / SECONDS_PER_DAY));
}

/** `expires` as useradd and usermod take it: a date, or an empty word for never. */
export function expiryDate(seconds: number): string {
  return seconds < 0 ? '' : new Date(seconds * 1000).toISOString().slice(0, 10);
}
