import type { RunAction } from '../../node/actions/action.js';
import {
  expiryDate,
  expiryDay,
  hasGroups,
  hasPrimary,
  type KnownUser,
  type UserFacts,
  type UserWish,
  wantedGroups,
} from './user-state.js';

/** A program with its words. */
export function run(...argv: readonly string[]): RunAction {
  return { kind: 'run', argv };
}

function option(flag: string, value: string | undefined): string[] {
  return value === undefined ? [] : [flag, value];
}

function uidWords(wish: UserWish): string[] {
  return wish.uid === undefined ? [] : ['-u', String(wish.uid), ...(wish.non_unique ? ['-o'] : [])];
}

/** The hash goes in by standard input: argv can be read by every user of the node. */
function setPassword(name: string, hash: string): RunAction {
  return { kind: 'run', argv: ['chpasswd', '-e'], stdin: `${name}:${hash}\n` };
}

function homeWords(wish: UserWish): string[] {
  if (!wish.create_home) return ['-M'];
  return [
    '-m',
    ...option('-k', wish.skeleton),
    ...option('-K', wish.umask === undefined ? undefined : `UMASK=${wish.umask}`),
  ];
}

/** Calls that add the user. A group of the user's own name that exists already becomes its primary one only when asked for. */
export function addUser(wish: UserWish, { groups }: UserFacts): RunAction[] {
  const ownGroup = wish.group === undefined && groups?.[0]?.found ? ['-N'] : [];
  const wanted = wantedGroups(wish, wish.group);
  const words = [
    ...uidWords(wish),
    ...option('-Z', wish.seuser),
    ...option('-g', wish.group),
    ...ownGroup,
    ...(wanted?.length ? ['-G', wanted.join(',')] : []),
    ...option('-c', wish.comment),
    ...option('-d', wish.home),
    ...option('-s', wish.shell),
    ...(wish.expires === undefined ? [] : ['-e', expiryDate(wish.expires)]),
    ...homeWords(wish),
    ...(wish.system ? ['-r'] : []),
  ];
  const hash = wish.password;
  const password = hash === undefined ? [] : [setPassword(wish.name, wish.password_lock ? `!${hash}` : hash)];
  return [run('useradd', ...words, wish.name), ...password];
}

function groupWords(wish: UserWish, user: KnownUser): string[] {
  const primary = hasPrimary(wish, user) ? [] : ['-g', wish.group ?? ''];
  if (hasGroups(wish, user)) return primary;
  const wanted = wantedGroups(wish, wish.group ?? user.primaryGroup) ?? [];
  return [...primary, ...(wish.append ? ['-a'] : []), '-G', wanted.join(',')];
}

function lockWords(wish: UserWish, user: KnownUser): string[] {
  const locked = user.password.startsWith('!');
  if (wish.password_lock && !locked) return ['-L'];
  return wish.password_lock === false && locked ? ['-U'] : [];
}

function passwordChange(wish: UserWish, user: KnownUser): RunAction | undefined {
  const bare = (hash: string) => hash.replace(/^!+/, '');
  if (wish.password === undefined || wish.update_password !== 'always') return undefined;
  if (bare(wish.password) === bare(user.password)) return undefined;
  return setPassword(wish.name, wish.password_lock ? `!${wish.password}` : wish.password);
}

/** Calls that change an existing user, none when it is as wanted. */
export function modifyUser(wish: UserWish, user: KnownUser): RunAction[] {
  const differs = (want: string | undefined, is: string) => (want === is ? undefined : want);
  const home = differs(wish.home, user.home);
  const password = passwordChange(wish, user);
  const words = [
    ...(wish.uid === user.uid ? [] : uidWords(wish)),
    ...groupWords(wish, user),
    ...option('-c', differs(wish.comment, user.gecos)),
    ...option('-d', home),
    ...(home !== undefined && wish.move_home ? ['-m'] : []),
    ...option('-s', differs(wish.shell, user.shell)),
    ...(wish.expires === undefined || expiryDay(wish.expires) === user.expires
      ? []
      : ['-e', expiryDate(wish.expires)]),
    // A new hash carries its own lock; -L and -U would act on the old one.
    ...(password ? [] : lockWords(wish, user)),
  ];
  return [
    ...(words.length > 0 ? [run('usermod', ...words, wish.name)] : []),
    ...(password ? [password] : []),
  ];
}

/** Calls that set the password's age limits, none when they are as wanted. */
export function changeAges(wish: UserWish, user: KnownUser | undefined): RunAction[] {
  const differs = (want: number | undefined, is: string | undefined) =>
    want === undefined || String(want) === is ? undefined : String(want);
  const words = [
    ...option('-m', differs(wish.password_expire_min, user?.minDays)),
    ...option('-M', differs(wish.password_expire_max, user?.maxDays)),
  ];
  return words.length > 0 ? [run('chage', ...words, wish.name)] : [];
}
