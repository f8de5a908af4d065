import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { convergesAsForetold } from '../roles/laws.js';
import { failuresOf, inventoryOf, provision, type Ran, rolesPlay } from '../roles/provision.js';
import { databases, PACKAGES, SECRET, sql } from './shape.js';

const FILE = '/srv/ffe.db';
const ALEMBIC = '/srv/alembic';
const test = fleetSuite('the role migrate', {
  nodes: ['db1'],
  image: { include: [...PACKAGES, 'sqlite3', 'alembic', 'python3-psycopg2'] },
});

function connection(lab: Lab): Record<string, unknown> {
  const { address } = lab.nodes[0]!;
  return {
    migrate_connection: `host=${address} dbname=ffe user=ffe_user sslmode=verify-full sslrootcert=/etc/ffe-tls-postgres/ca.crt`,
    migrate_password: SECRET,
  };
}

async function migrate(lab: Lab, vars: Record<string, unknown>): Promise<Ran> {
  const role = rolesPlay(lab, [{ role: 'migrate', ...connection(lab), ...vars }], 'db1');
  const ran = await provision(inventoryOf(lab, databases(['db1'])), role);
  assert.not.match(ran.out + ran.err, new RegExp(SECRET));
  return ran;
}

const ask = (lab: Lab, text: string) => onNode(lab, 'db1', sql(text));

test('tables of SQLite are made and filled as --check foretold, and then nothing changes', async ({
  lab,
}) => {
  const inventory = inventoryOf(lab, databases(['db1']));
  const ran = await provision(inventory, rolesPlay(lab, [{ role: 'postgres' }], 'postgres'));
  assert.is(ran.code, 0, failuresOf(ran));
  await onNode(lab, 'db1', `sqlite3 ${FILE}`, readFileSync('test/fleet/data/migrate.sql', 'utf8'));
  const vars = { ...connection(lab), migrate_sqlite: FILE };
  const moved = await convergesAsForetold(inventory, rolesPlay(lab, [{ role: 'migrate', ...vars }], 'db1'));
  assert.match(moved.out, /"accounts: 2 rows","trades: 3 rows"/);
});

test('every value is the same, of the right type', async ({ lab }) => {
  assert.is(
    await ask(
      lab,
      `SELECT id, account_id, pair, price, amount, opened, raw FROM trades ORDER BY id;
      SELECT * FROM accounts ORDER BY id`,
    ),
    [
      '1|7|BTC/USD|0.1|12.50000000|2026-01-02 03:04:05.678901|\\x00ff5c',
      '2|1||1e+300|0.00000001||',
      '9|1||-0.3333333333333333|3.00000000|2026-01-02 03:04:05|\\x',
      '1|paper|t|{"risk": 0.02}',
      '7|live|f|',
      '',
    ].join('\n'),
  );
  assert.is(
    await ask(
      lab,
      `SELECT note = E'a\\tb\\n\\\\.\\nc\\\\d "q" ''s'' é' FROM trades WHERE id = 1;
      SELECT note = '\\N' FROM trades WHERE id = 9; SELECT pair = '' FROM trades WHERE id = 2`,
    ),
    't\nt\nt\n',
  );
});

test('keys count on, references and indexes hold, the owner is the user', async ({ lab }) => {
  assert.is(await ask(lab, 'INSERT INTO trades (account_id) VALUES (7) RETURNING id'), '10\n');
  const orphan = await tryOnNode(lab, 'db1', sql('INSERT INTO trades (account_id) VALUES (5)'));
  assert.match(orphan.stderr, /violates foreign key constraint/);
  assert.is(await ask(lab, "SELECT tableowner FROM pg_tables WHERE tablename = 'trades'"), 'ffe_user\n');
  assert.is(
    await ask(lab, "SELECT count(*) FROM pg_indexes WHERE tablename IN ('trades', 'accounts')"),
    '4\n',
  );
});

test('all tables are moved or none, and it says why', async ({ lab }) => {
  const second = '/srv/second.db';
  const cases = [
    [
      'CREATE TABLE trades (id INTEGER PRIMARY KEY); INSERT INTO trades VALUES (1);',
      '',
      /trades of PostgreSQL has 4 rows/,
    ],
    [
      'CREATE TABLE fresh (n NUMERIC(5,1)); INSERT INTO fresh VALUES (1.25);',
      '',
      /fresh differs in 2 rows .* narrower/,
    ],
    [
      "CREATE TABLE fresh (d DATE); INSERT INTO fresh VALUES ('soon');",
      '',
      /invalid input syntax for type date/,
    ],
    [
      'CREATE TABLE fresh (n INT, extra TEXT);',
      'CREATE TABLE fresh (n int)',
      /fresh of PostgreSQL has no column extra/,
    ],
    ['', '', /has no tables/],
  ] as const;
  for (const [lite, before, why] of cases) {
    await onNode(
      lab,
      'db1',
      `rm -f ${second}; sqlite3 ${second}`,
      `CREATE TABLE a (n INT); ${lite}${lite ? '' : 'DROP TABLE a; VACUUM;'}`,
    );
    await ask(lab, `DROP TABLE IF EXISTS fresh; ${before}; ALTER TABLE IF EXISTS fresh OWNER TO ffe_user`);
    const ran = await migrate(lab, { migrate_sqlite: second });
    assert.is(ran.code, 2, lite);
    assert.match(failuresOf(ran), why);
    assert.is(await ask(lab, "SELECT to_regclass('a') IS NULL"), 't\n', 'no table of a failed move is left');
  }
  await ask(lab, 'DROP TABLE fresh');
});

const REVISION = (id: string, before: string, up: string, down: string) => `
from alembic import op
revision = '${id}'
down_revision = ${before}
def upgrade():
    ${up}
def downgrade():
    ${down}
`;
const ENV = `
from alembic import context
from sqlalchemy import create_engine
with create_engine(context.config.get_main_option('sqlalchemy.url')).connect() as connection:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
`;

async function revision(lab: Lab, id: string, before: string, up: string, down: string): Promise<void> {
  const python = (line: string) =>
    line
      .split('; ')
      .map((one) => `op.execute("${one}")`)
      .join('; ');
  await onNode(
    lab,
    'db1',
    `cat >${ALEMBIC}/versions/${id}.py`,
    REVISION(id, before, python(up), down === '' ? 'raise Exception("no way back")' : python(down)),
  );
}

test('the schema is migrated once', async ({ lab }) => {
  const [address] = lab.nodes.map((node) => node.address);
  const url = `postgresql://ffe_user@${address}/ffe?sslmode=require`;
  await onNode(lab, 'db1', `mkdir -p ${ALEMBIC}/versions; cat >${ALEMBIC}/env.py`, ENV);
  await onNode(
    lab,
    'db1',
    `cat >${ALEMBIC}/alembic.ini`,
    `[alembic]\nscript_location = ${ALEMBIC}\nsqlalchemy.url = ${url}\n`,
  );
  await revision(
    lab,
    'one1',
    'None',
    'CREATE TABLE plans (n int); INSERT INTO plans VALUES (1)',
    'DROP TABLE plans',
  );
  const vars = { migrate_alembic: 'alembic', migrate_alembic_folder: ALEMBIC };
  const playbook = rolesPlay(lab, [{ role: 'migrate', ...connection(lab), ...vars }], 'db1');
  await convergesAsForetold(inventoryOf(lab, databases(['db1'])), playbook);
  assert.is(await ask(lab, 'SELECT n FROM plans'), '1\n');
});

test('a migration that fails goes back: by its own way, else from the copy', async ({ lab }) => {
  await revision(lab, 'two2', "'one1'", 'UPDATE plans SET n = 2', 'UPDATE plans SET n = 1');
  await revision(lab, 'bad3', "'two2'", 'SELECT nothing', 'SELECT 1');
  const vars = { migrate_alembic: 'alembic', migrate_alembic_folder: ALEMBIC };
  for (const [way, how] of [
    ['UPDATE plans SET n = 1', /by Alembic/],
    ['', /from the copy/],
  ] as const) {
    await revision(lab, 'two2', "'one1'", 'UPDATE plans SET n = 2', way);
    const ran = await migrate(lab, vars);
    assert.is(ran.code, 2);
    assert.ok(/could not become bad3; it is one1 as before/.test(failuresOf(ran)), failuresOf(ran));
    assert.match(failuresOf(ran), how);
    assert.is(await ask(lab, 'SELECT n, version_num FROM plans, alembic_version'), '1|one1\n');
  }
});

test('absent removes the program and its password, not the data', async ({ lab }) => {
  const ran = await migrate(lab, { migrate_state: 'absent' });
  assert.is(ran.code, 0, failuresOf(ran));
  assert.is(
    (await tryOnNode(lab, 'db1', 'ls -d /var/lib/ffe-migrate /usr/local/sbin/ffe-migrate 2>/dev/null'))
      .stdout,
    '',
  );
  assert.is(await ask(lab, 'SELECT count(*) FROM accounts'), '2\n');
});

test.run();
