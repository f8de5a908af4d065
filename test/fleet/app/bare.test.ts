import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { fleetSuite, onNode } from '../fleet.js';
import { changesNothing, convergesAsForetold } from '../roles/laws.js';
import {
  changedIn,
  failuresOf,
  inventoryOf,
  provision,
  type Ran,
  rolesPlay,
  type Shape,
} from '../roles/provision.js';
import { DATA, KEY, STANDIN } from './shape.js';
import { agentTurns, overlaps } from './watch.js';

// One node without Docker: the stand-in as an archive, run by systemd alone.
const HOME = '/opt/finance-feedback-engine';
const test = fleetSuite('the role ffe without Docker', {
  nodes: ['app1'],
  image: { include: ['busybox-static', 'curl'] },
});

function shape(lab: Lab, version: string, vars: object = {}): Shape {
  const archive = join(lab.dir, 'standin.tar.gz');
  spawnSync('tar', ['-C', 'test/fleet/app/standin', '-czf', archive, 'serve', 'answer', 'agent']);
  const bare = {
    ffe_mode: 'systemd',
    ffe_image: '',
    ffe_version: version,
    ffe_archive: archive,
    ffe_command: './serve',
    ffe_setup_command: 'test -x serve',
    ffe_environment: { VERSION: version },
    ffe_keep_releases: 2,
  };
  return { groups: { app: ['app1'] }, vars: { ...STANDIN, ...bare, ...vars } };
}

async function run(lab: Lab, playbook: string, version: string, vars: object = {}): Promise<Ran> {
  const ran = await provision(inventoryOf(lab, shape(lab, version, vars)), playbook);
  assert.not.match(ran.out + ran.err, new RegExp(KEY));
  return ran;
}

const version = async (lab: Lab) =>
  (JSON.parse(await onNode(lab, 'app1', 'curl -s http://127.0.0.1:8000/')) as { version: string }).version;

test('does what --check foretold, and then nothing', async ({ lab }) => {
  await convergesAsForetold(inventoryOf(lab, shape(lab, '1')), rolesPlay(lab, [{ role: 'ffe' }]));
  assert.is(await version(lab), '1');
});

test('it runs as its own account, reads its environment, and has one agent', async ({ lab }) => {
  const said = await onNode(
    lab,
    'app1',
    `ps -o user= -C serve | sort -u; cat /tmp/ffe-environment; stat -L -c '%a %U' ${HOME}/.env; stat -c %U ${DATA}/agent.log; ffe-app agent-state; cat ${DATA}/migrations.log`,
  );
  assert.is(said, 'ffe\nproduction\n600 root\nffe\nrunning\n1\n');
});

test('a crash starts backend and agent again', async ({ lab }) => {
  await onNode(
    lab,
    'app1',
    'systemctl kill -s KILL ffe 2>/dev/null || kill -9 $(systemctl show -P MainPID ffe)',
  );
  const running = '[ "$(systemctl show -P NRestarts ffe)" -gt 0 ] && [ "$(ffe-app agent-state)" = running ]';
  await onNode(lab, 'app1', `for _ in $(seq 200); do ${running} && exit; sleep 0.2; done; exit 1`);
  assert.equal(overlaps(await agentTurns(lab, ['app1'])), []);
});

test('one node: a release, the next one, and back', async ({ lab }) => {
  for (const next of ['2', '3']) {
    const ran = await run(lab, 'playbooks/deploy.yml', next);
    assert.is(ran.code, 0, failuresOf(ran));
    assert.is(await version(lab), next);
  }
  assert.is((await onNode(lab, 'app1', `ls ${HOME}/releases | wc -l`)).trim(), '2');
  assert.equal(changedIn(await run(lab, 'playbooks/deploy.yml', '3')), []);
  const back = await run(lab, 'playbooks/rollback.yml', '3');
  assert.is(back.code, 0, failuresOf(back));
  assert.is(await version(lab), '2');
  assert.is(
    await onNode(lab, 'app1', `ffe-app agent-state; cat ${DATA}/migrations.log`),
    'running\n1\n2\n3\n',
  );
  assert.equal(overlaps(await agentTurns(lab, ['app1'])), []);
});

test('what fails on the way leaves the running release alone', async ({ lab }) => {
  const turns = (await agentTurns(lab, ['app1'])).length;
  const cases = [
    [{ ffe_setup_command: 'echo no compiler >&2; false' }, /no compiler/],
    [{ ffe_archive: '/nowhere.tar' }, /nowhere\.tar/],
    [{ ffe_migrate_command: 'echo table is locked >&2; false' }, /table is locked/],
  ] as const;
  for (const [vars, why] of cases) {
    const ran = await run(lab, 'playbooks/deploy.yml', '4', vars);
    assert.ok(ran.code !== 0, JSON.stringify(vars));
    assert.match(failuresOf(ran), why);
  }
  const broken = await run(lab, 'playbooks/deploy.yml', '5', {
    ffe_ready_seconds: 2,
    ffe_environment: { VERSION: '5', BROKEN: 'no database' },
  });
  assert.match(failuresOf(broken), /does not get ready on app1, which goes on with 2-.*no database/s);
  assert.is(await version(lab), '2');
  assert.is(await onNode(lab, 'app1', 'ffe-app agent-state'), 'running\n');
  assert.is((await agentTurns(lab, ['app1'])).length, turns + 1, 'only the last one stopped the agent');
});

test('absent removes it', async ({ lab }) => {
  const inventory = inventoryOf(lab, shape(lab, '2'));
  const playbook = rolesPlay(lab, [{ role: 'ffe', ffe_state: 'absent', ffe_destroy_data: true }]);
  const ran = await provision(inventory, playbook);
  assert.is(ran.code, 0, failuresOf(ran));
  const left = `ls -d ${HOME}/* ${DATA} /usr/local/sbin/ffe-app /etc/systemd/system/ffe* 2>/dev/null; ps -C serve -o pid=; :`;
  assert.is(await onNode(lab, 'app1', left), '');
  await changesNothing(inventory, playbook);
});

test.run();
