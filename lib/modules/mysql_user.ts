import { defineModule } from './module.js';
import { accountsSelect, readAccount } from './mysql/account.js';
import { planUser } from './mysql/plan-user.js';
import { PrivilegeError, type Privileges, readGrants } from './mysql/privileges.js';
import { mysqlRead, mysqlText, rowsOf, unanswered } from './mysql/session.js';
import { mysqlUserArgs } from './mysql/user-args.js';
import { failed } from './plan.js';

/** What stands before the privileges of a host. */
const MARK = '== ';

/** Keeps users of MySQL and MariaDB with the client on the node; passwords are sent as hashes. */
export const mysqlUser = defineModule({
  name: 'mysql_user',
  collection: 'community.mysql',
  summary: 'Keeps users of MySQL or MariaDB, their passwords and privileges.',
  args: mysqlUserArgs,
  rules: { mutuallyExclusive: [['append_privs', 'subtract_privs']] },
  returns: { user: 'the user', msg: 'what was done', password_changed: 'whether the password was set' },
  examples: `
- name: The shop logs in
  mysql_user:
    name: shop
    host: 10.0.0.%
    password: "{{ vault_shop_password }}"
    priv: "shop.*:ALL"
`,
  queries: (a) => ({ accounts: mysqlRead(a, accountsSelect(a.name)) }),
  more: (a, { accounts }) => {
    if (a.state === 'absent' || a.priv === undefined || accounts.rc !== 0) return undefined;
    const hosts = rowsOf(accounts).map(([host]) => host!);
    const one = (host: string) =>
      `SELECT ${mysqlText(MARK + host)};\nSHOW GRANTS FOR ${mysqlText(a.name)}@${mysqlText(host)};\n`;
    return hosts.length === 0 ? undefined : { grants: mysqlRead(a, hosts.map(one).join('')) };
  },
  plan: (a, { accounts, grants }, info) => {
    const silent = unanswered(a, accounts, info) ?? (grants && unanswered(a, grants, info));
    if (silent) return silent;
    try {
      const byHost = new Map<string, Privileges>();
      const lines = grants ? rowsOf(grants).map(([line]) => line!) : [];
      for (const part of lines
        .join('\n')
        .split(new RegExp(`^${MARK}`, 'm'))
        .slice(1)) {
        const [host = '', ...list] = part.split('\n').filter(Boolean);
        byHost.set(host, readGrants(list));
      }
      return planUser(a, { accounts: rowsOf(accounts).map(readAccount), grants: byHost });
    } catch (error) {
      if (error instanceof PrivilegeError) return failed(error.message);
      throw error;
    }
  },
});
