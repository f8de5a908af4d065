import type { Shape } from '../roles/provision.js';

/** What PostgreSQL needs of Debian and nodes need not fetch in each test. */
export const PACKAGES = ['libllvm14', 'libpq5', 'libxslt1.1', 'openssl', 'perl', 'ssl-cert', 'libjson-perl'];

/** A password, and the beginning of all others; no output may show it. */
export const SECRET = 'correct horse battery';

/** Variables of a small data tier: one database with an owner and a reader. */
export const VARS = {
  postgres_memory_mb: 256,
  postgres_users: [
    { name: 'ffe_user', password: SECRET },
    { name: 'reader', password: `${SECRET} 2` },
  ],
  postgres_databases: [
    { name: 'ffe', owner: 'ffe_user', extensions: ['uuid-ossp', 'pg_trgm'], schemas: ['audit'] },
  ],
  postgres_privileges: [
    {
      database: 'ffe',
      roles: ['reader'],
      privs: ['SELECT'],
      type: 'default_privs',
      objs: ['TABLES'],
      target_roles: ['ffe_user'],
    },
  ],
  postgres_replication_password: `${SECRET} 3`,
};

/** An inventory's shape: these database nodes, the first of which keeps the authority, and further variables. */
export function databases(nodes: readonly string[], vars: Record<string, unknown> = {}): Shape {
  return { groups: { postgres: nodes, ca: nodes.slice(0, 1) }, vars: { ...VARS, ...vars } };
}

/** A line of sh that runs SQL on the node itself as the role postgres, and prints bare values. */
export function sql(text: string, database = 'ffe'): string {
  return `psql -XAtqU postgres -d ${database} <<'SQL'\n${text}\nSQL`;
}

function clientOf(host: string, user: string, mode: string): string {
  const authority = '/etc/ffe-tls-postgres/ca.crt';
  return `host=${host} dbname=ffe user=${user} sslmode=${mode} sslrootcert=${authority}`;
}

/** A line of sh that runs SQL over TLS from a node that has the authority's certificate. */
export function sqlOver(
  host: string,
  user: string,
  password: string,
  text: string,
  mode = 'verify-full',
): string {
  return `PGPASSWORD='${password}' psql -XAtqw '${clientOf(host, user, mode)}' -c "${text}"`;
}

/** A line of sh that prints what a node's service for balancers answers first. */
export function healthOf(host: string, path: string): string {
  const ask = `exec 3<>/dev/tcp/${host}/8008; printf 'GET /${path} HTTP/1.0\\r\\n\\r\\n' >&3; head -n 1 <&3`;
  return `bash -c '${ask.replaceAll("'", "'\\''")}'`;
}

/** The virtual address of a shape, without its network. */
export function address({ vars }: Shape): string {
  return String(vars?.keepalived_address).replace(/\/.*/, '');
}

/** A line of sh that runs SQL through the virtual address, from a database node. */
export function through(
  shape: Shape,
  port: number,
  text: string,
  { user = 'ffe_user', password = SECRET, mode = 'verify-full' } = {},
): string {
  const to = clientOf(`${address(shape)} port=${port} connect_timeout=3`, user, mode);
  return `PGPASSWORD='${password}' psql -XAtqw '${to}' -c '${text}'`;
}
