import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { type Lab, nodeNamed } from '../../../lib/lab/index.js';
import { type Fleet, onNode } from '../fleet.js';
import { failuresOf, inventoryOf, provision, type Ran, type Shape } from '../roles/provision.js';
import { KEY, STANDIN } from './shape.js';
import { agentTurns, overlaps, startLoad, stopLoad } from './watch.js';

/** The nodes of the application. */
export const APPS = ['app1', 'app2'];
/** Two nodes of the application behind a balancer, which keeps the authority and a registry. */
export const PAIR: Shape = { groups: { app: APPS, haproxy: ['lb1'], ca: ['lb1'] }, vars: STANDIN };
/** The playbook that deploys. */
export const DEPLOY = 'playbooks/deploy.yml';
/** The folder of releases. */
export const HOME = '/opt/finance-feedback-engine';
/** Runs a playbook on them, with further variables; fails when the key is shown. */
export async function run(lab: Lab, playbook: string, vars: object = {}): Promise<Ran> {
  const { groups, vars: all } = PAIR;
  const ran = await provision(inventoryOf(lab, { groups, vars: { ...all, ...vars } }), playbook);
  assert.not.match(ran.out + ran.err, new RegExp(KEY));
  return ran;
}

/** What the backend says of itself through the balancer. */
export async function ask(lab: Lab): Promise<{ version: string; node: string; colour: string }> {
  const { address } = nodeNamed(lab, 'lb1');
  return JSON.parse(await onNode(lab, 'lb1', `curl -sk --max-time 10 https://${address}/`));
}

/** The release that a node runs. */
export const current = async (lab: Lab, node: string) =>
  (await onNode(lab, node, `basename $(readlink ${HOME}/current)`)).trim();

/** Runs a playbook while clients ask: no request may fail, and no two agents run at once. */
export async function underLoad(lab: Lab, playbook: string, vars: object = {}): Promise<void> {
  const before = await agentTurns(lab, APPS);
  await startLoad(lab, 'lb1');
  const ran = await run(lab, playbook, vars);
  const [front, stream] = await stopLoad(lab, 'lb1');
  assert.is(ran.code, 0, failuresOf(ran));
  assert.equal(Object.keys(front!), ['200'], JSON.stringify(front));
  assert.equal(Object.keys(stream!), ['401'], 'the stand-in answers 401 without the key');
  assert.ok(front!['200']! > 50);
  const turns = await agentTurns(lab, APPS);
  assert.is(turns.length, before.length + 1, 'the agent has moved once');
  assert.equal(overlaps(turns), []);
}

/** Nodes that have what the tests of the application need. */
export const NODES: Fleet = {
  nodes: [...APPS, 'lb1'],
  image: {
    include: [
      'docker.io',
      'docker-registry',
      'iptables',
      'busybox-static',
      'ca-certificates',
      'curl',
      'openssl',
      'haproxy',
      'socat',
    ],
  },
};

/** Builds the stand-in's images on the nodes and starts the registry. Returns the image of version 2 there, by its digest. */
export async function prepare(lab: Lab): Promise<string> {
  const registry = `${nodeNamed(lab, 'lb1').address}:5000`;
  const scripts = Object.fromEntries(
    ['serve', 'answer', 'agent', 'images.sh'].map((name) => [
      name,
      readFileSync(`test/fleet/app/standin/${name}`, 'utf8'),
    ]),
  );
  const config = `version: 0.1\nstorage: { filesystem: { rootdirectory: /var/lib/docker-registry } }\nhttp: { addr: ':5000' }\n`;
  await onNode(
    lab,
    'lb1',
    'cat > /etc/docker/registry/config.yml && systemctl restart docker-registry',
    config,
  );
  await Promise.all(
    APPS.map(async (node) => {
      await onNode(
        lab,
        node,
        'mkdir -p /root/standin /etc/docker; cat > /etc/docker/daemon.json',
        JSON.stringify({ 'insecure-registries': [registry] }),
      );
      for (const name of ['serve', 'answer', 'agent'])
        await onNode(
          lab,
          node,
          `cat > /root/standin/${name}; chmod 755 /root/standin/${name}`,
          scripts[name],
        );
      await onNode(
        lab,
        node,
        'systemctl restart docker; bash -s',
        readFileSync('test/modules/docker/compose.sh', 'utf8'),
      );
      await onNode(
        lab,
        node,
        `bash -s ${node === 'app1' ? '1 2 3 broken' : '1 3 broken'}`,
        scripts['images.sh'],
      );
    }),
  );
  const push = `docker tag standin:2 ${registry}/standin:2; docker push -q ${registry}/standin:2 >/dev/null; docker inspect -f '{{index .RepoDigests 0}}' ${registry}/standin:2; docker rmi -f standin:2 ${registry}/standin:2 >/dev/null`;
  return (await onNode(lab, 'app1', push)).trim();
}
