import { type GroupAnswer, group, type PasswdAnswer, passwd } from '../../node/queries/query.js';
import type { PlanInfo } from '../module.js';
import type { FileModuleArgs } from './seen.js';

type Accounts = { readonly user?: PasswdAnswer; readonly group?: GroupAnswer };

/** Check mode looks the wished owner and group up: an earlier task of a real run may be to make them. */
export function accountAsks(args: FileModuleArgs, { check }: Pick<PlanInfo, 'check'>) {
  if (!check || args.state === 'absent') return {};
  return {
    user: args.owner ? passwd(String(args.owner)) : undefined,
    group: args.group ? group(String(args.group)) : undefined,
  };
}

/** What to warn of: accounts that are not there (yet). */
export function accountWarnings(args: FileModuleArgs, accounts: Accounts): string[] {
  const warning = (kind: string, id: string, name: string) =>
    `failed to look up ${kind}${/^\d+$/.test(name) ? ` with ${id}` : ''} ${name}. Create ${kind} up to this point in real play`;
  return [
    ...(accounts.user?.found === false ? [warning('user', 'uid', String(args.owner))] : []),
    ...(accounts.group?.found === false ? [warning('group', 'gid', String(args.group))] : []),
  ];
}
