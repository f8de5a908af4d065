import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { changesNothing, convergesAsForetold } from '../roles/laws.js';
import { changedIn, failuresOf, inventoryOf, provision, rolesPlay, type Shape } from '../roles/provision.js';
import { ENGINE } from './shape.js';

const PASSWORD = 'let me in';
const SHAPE: Shape = {
  groups: { app: ['app1'] },
  vars: {
    // Version 1 of Compose, which Debian 12 has, brings python; the tests of the role ffe have version 2.
    docker_compose: false,
    docker_users: ['admin'],
    docker_log_max_size: '3m',
    docker_settings: { 'log-opts': { compress: 'true' }, labels: ['rack=7'] },
  },
};

const role = (vars: object = {}) => [{ role: 'docker', ...vars }];
const started = 'systemctl show -P ExecMainStartTimestampMonotonic docker';

const test = fleetSuite('the role docker', {
  nodes: ['app1'],
  image: { include: [...ENGINE, 'docker-registry', 'busybox-static'] },
});

test('does what --check foretold, and then nothing', async ({ lab }) => {
  await convergesAsForetold(inventoryOf(lab, SHAPE), rolesPlay(lab, role()));
});

test('settings are merged, users may use it, containers run in its networks', async ({ lab }) => {
  const settings = JSON.parse(await onNode(lab, 'app1', 'cat /etc/docker/daemon.json')) as object;
  assert.equal(settings, {
    'data-root': '/var/lib/docker',
    'default-address-pools': [{ base: '172.30.0.0/16', size: 24 }],
    labels: ['rack=7'],
    'live-restore': true,
    'log-driver': 'json-file',
    'log-opts': { compress: 'true', 'max-file': '5', 'max-size': '3m' },
  });
  await onNode(lab, 'app1', 'bash -s', readFileSync('test/modules/docker/images.sh', 'utf8'));
  const run =
    'docker network create net1 >/dev/null; docker run --rm --network net1 tiny:1 cat /etc/hosts | tail -n 1';
  assert.match(await onNode(lab, 'admin@app1', run), /^172\.30\./);
  assert.match(
    await onNode(lab, 'app1', 'systemctl list-timers ffe-docker-prune.timer'),
    /ffe-docker-prune.service/,
  );
  await onNode(lab, 'app1', 'systemctl start ffe-docker-prune.service');
});

test('it restarts only for what it cannot take up otherwise, and containers go on', async ({ lab }) => {
  const inventory = inventoryOf(lab, SHAPE);
  const container = await onNode(lab, 'app1', 'docker run -d --name long tiny:1 sleep 1000');
  const at = await onNode(lab, 'app1', started);
  const reloaded = { docker_settings: { labels: ['rack=8'] } };
  const first = await provision(inventory, rolesPlay(lab, role(reloaded)));
  assert.is(first.code, 0, failuresOf(first));
  assert.match(await onNode(lab, 'app1', 'docker info -f "{{.Labels}}"'), /rack=8/);
  const log = { docker_settings: { labels: ['rack=8'] }, docker_log_max_files: 3 };
  const second = await provision(inventory, rolesPlay(lab, role(log)));
  assert.is(second.code, 0, failuresOf(second));
  assert.is.not(await onNode(lab, 'app1', started), at);
  const running = 'docker inspect -f "{{.Id}} {{.State.Running}}" long';
  assert.is(await onNode(lab, 'app1', running), `${container.trim()} true\n`);
});

test('what the engine refuses changes nothing, and it goes on', async ({ lab }) => {
  const inventory = inventoryOf(lab, SHAPE);
  const read = 'cat /etc/docker/daemon.json; docker inspect -f "{{.State.Running}}" long';
  const before = await onNode(lab, 'app1', read);
  const cases = [
    [{ docker_settings: { 'log-drive': 'journald' } }, /docker_settings: .*log-drive/],
    [{ docker_settings: { 'storage-driver': 'paper' } }, /goes on as before: .*paper/],
    [{ docker_version: '1.2.3-4' }, /docker.io.*1\.2\.3-4/],
    [{ docker_log_max_size: 'much' }, /docker_log_max_size/],
    [{ docker_prune_schedule: 'someday' }, /docker_prune_schedule is no time/],
  ] as const;
  for (const [vars, why] of cases) {
    const ran = await provision(
      inventory,
      rolesPlay(lab, role({ docker_settings: { labels: ['rack=8'] }, docker_log_max_files: 3, ...vars })),
    );
    assert.is(ran.code, 2, JSON.stringify(vars));
    assert.match(failuresOf(ran), why);
    assert.is(await onNode(lab, 'app1', read), before);
  }
});

test('it logs in to a registry, and keeps a version', async ({ lab }) => {
  await onNode(lab, 'app1', 'bash -s', readFileSync('test/modules/docker/registry.sh', 'utf8'));
  const inventory = inventoryOf(lab, SHAPE);
  const version = (await onNode(lab, 'app1', "dpkg-query -W -f '${Version}' docker.io")).trim();
  const registries = [{ url: '127.0.0.1:5000', username: 'ada', password: PASSWORD }];
  const playbook = rolesPlay(lab, role({ docker_registries: registries, docker_version: version }));
  const ran = await provision(inventory, playbook);
  assert.is(ran.code, 0, failuresOf(ran));
  assert.not.match(ran.out + ran.err, new RegExp(PASSWORD));
  await onNode(
    lab,
    'app1',
    'docker tag tiny:1 127.0.0.1:5000/tiny:1 && docker push -q 127.0.0.1:5000/tiny:1',
  );
  assert.match(await onNode(lab, 'app1', 'apt-cache policy docker.io'), /1001/);
  await changesNothing(inventory, playbook);
});

test('absent keeps the data, unless it is to be destroyed', async ({ lab }) => {
  const inventory = inventoryOf(lab, SHAPE);
  await onNode(lab, 'app1', 'docker rm -f long');
  const gone = (vars: object = {}) => rolesPlay(lab, role({ docker_state: 'absent', ...vars }));
  const kept = await provision(inventory, gone());
  assert.is(kept.code, 0, failuresOf(kept));
  const left = 'ls -d /etc/docker /etc/systemd/system/ffe-* /var/lib/docker/image 2>/dev/null; which dockerd';
  assert.is((await tryOnNode(lab, 'app1', left)).stdout, '/var/lib/docker/image\n');
  const destroyed = await provision(inventory, gone({ docker_destroy_data: true }));
  assert.is(destroyed.code, 0, failuresOf(destroyed));
  assert.is((await tryOnNode(lab, 'app1', left)).stdout, '');
  await changesNothing(inventory, gone({ docker_destroy_data: true }));
  assert.equal(changedIn(destroyed).length > 0, true);
});

test.run();
