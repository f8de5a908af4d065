import type { RunAction } from '../../node/actions/action.js';
import type { JsonObject } from '../../values/json.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { printed } from '../printed.js';
import { addUser, changeAges, modifyUser, run } from './user-actions.js';
import { makeHome, makeKey } from './user-files.js';
import { groupsToCheck, type KnownUser, known, type UserFacts, type UserWish } from './user-state.js';
import { userWarnings } from './user-warnings.js';

function removal(wish: UserWish, user: KnownUser | undefined, result: JsonObject): Plan {
  if (!user) return ok('user is absent', result);
  const words = [...(wish.force ? ['-f'] : []), ...(wish.remove ? ['-r'] : [])];
  return change('user is removed', [run('userdel', ...words, wish.name)], {
    result: { ...result, force: wish.force, remove: wish.remove },
    after: printed,
  });
}

/** A home and a key that are still missing once the user itself is right; useradd makes a new user's home. */
function files(wish: UserWish, facts: UserFacts, user: KnownUser | undefined): RunAction[] {
  const moved = wish.move_home && user !== undefined && wish.home !== undefined && wish.home !== user.home;
  const home = user !== undefined && facts.home !== undefined && facts.home.rc !== 0 && !moved;
  const key = wish.generate_ssh_key && (facts.key?.rc !== 0 || wish.force);
  return [...(home ? [makeHome(wish)] : []), ...(key ? [makeKey(wish)] : [])];
}

/** Decides what brings a user to the wanted state. `later`: missing groups may come from an earlier task. */
export function planUser(wish: UserWish, facts: UserFacts, later = false): Plan {
  const user = known(wish, facts.user);
  const result: JsonObject = { name: wish.name, state: wish.state, ...userWarnings(wish, user) };
  if (wish.state === 'absent') return removal(wish, user, result);
  if (wish.umask !== undefined && wish.local) return failed("'umask' can not be used with 'local'");
  if (/[\n:]/.test(wish.password ?? '')) return failed('a password hash cannot hold a colon or a line break');
  const checked = groupsToCheck(wish, user);
  const missing = checked.find(
    (name, i) => !facts.groups?.[i]?.found && (user || i > 0 || wish.group !== undefined) && name !== '',
  );
  if (missing !== undefined && !later) return failed(`Group ${missing} does not exist`, { name: wish.name });
  const account = user ? modifyUser(wish, user) : addUser(wish, facts);
  const actions = [...account, ...files(wish, facts, user), ...changeAges(wish, user)];
  const fields = user
    ? { append: wish.append, move_home: wish.move_home }
    : { system: wish.system, create_home: wish.create_home };
  const shown = {
    ...result,
    ...fields,
    ...(wish.password !== undefined && { password: 'NOT_LOGGING_PASSWORD' }),
  };
  if (actions.length === 0) return ok('user is as wanted', shown);
  return change(user ? 'user is changed' : 'user is added', actions, { result: shown, after: printed });
}
