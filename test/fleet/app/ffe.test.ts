import * as assert from 'uvu/assert';
import { fleetSuite, onNode } from '../fleet.js';
import { convergesAsForetold } from '../roles/laws.js';
import { changedIn, failuresOf, inventoryOf } from '../roles/provision.js';
import { APPS, ask, current, DEPLOY, HOME, NODES, PAIR, prepare, run, underLoad } from './pair.js';
import { DATA, KEY } from './shape.js';
import { agentTurns } from './watch.js';

// The image of version 2 by its digest, in the registry that lb1 has.
const known = { digest: '' };
const test = fleetSuite('the role ffe', NODES);

test('deploy.yml does what --check foretold, and then nothing', async ({ lab }) => {
  known.digest = await prepare(lab);
  const ran = await convergesAsForetold(inventoryOf(lab, PAIR), DEPLOY);
  assert.not.match(ran.out + ran.err, new RegExp(KEY));
  assert.equal(await ask(lab), { version: '1', node: 'app1', colour: 'blue' });
});

test('environment for root alone, data for the image’s user, one migration, one agent', async ({ lab }) => {
  const said = await onNode(
    lab,
    'app1',
    `stat -L -c '%a %U' ${HOME}/.env; stat -c %u ${DATA}; cat ${DATA}/migrations.log; ffe-app agent-state`,
  );
  assert.is(said, '600 root\n4242\n1\nrunning\n');
  assert.is(await onNode(lab, 'app2', `ls ${DATA}; ffe-app agent-state`), 'stopped\n');
  assert.not.match(await onNode(lab, 'app1', 'cat /proc/[0-9]*/cmdline'), new RegExp(KEY));
  assert.is((await agentTurns(lab, APPS)).length, 1);
});

test('rolling, to an image by its digest: no request fails, agents never overlap', async ({ lab }) => {
  const [image, digest] = known.digest.split('@');
  await underLoad(lab, DEPLOY, {
    ffe_image: image,
    ffe_version: digest,
    ffe_environment: { COLOUR: 'green' },
  });
  assert.equal(await ask(lab), { version: '2', node: 'app2', colour: 'green' });
  assert.is(await current(lab, 'app1'), await current(lab, 'app2'));
  const again = await run(lab, DEPLOY, {
    ffe_image: image,
    ffe_version: digest,
    ffe_environment: { COLOUR: 'green' },
  });
  assert.equal(changedIn(again), [], failuresOf(again));
});

test('a release that does not get ready leaves everything as it was', async ({ lab }) => {
  const before = [
    await current(lab, 'app1'),
    await current(lab, 'app2'),
    await agentTurns(lab, APPS).then((t) => t.length),
  ];
  const ran = await run(lab, DEPLOY, {
    ffe_version: 'broken',
    ffe_ready_seconds: 3,
    ffe_migrate_command: '',
  });
  assert.is(ran.code, 2);
  assert.match(
    failuresOf(ran),
    /broken-\w+ does not get ready on app1, which goes on with .*cannot reach the database/s,
  );
  assert.equal(
    [await current(lab, 'app1'), await current(lab, 'app2'), (await agentTurns(lab, APPS)).length],
    before,
  );
  assert.is((await ask(lab)).node, 'app2');
});

test('what is wrong is refused before anything is touched', async ({ lab }) => {
  const cases = [
    [{ ffe_secrets: {} }, /FINANCE_FEEDBACK_API_KEY in ffe_secrets/],
    [{ ffe_environment: { ENVIRONMENT: 'development' } }, /ENVIRONMENT production/],
    [{ ffe_environment: { TEXT: "it's" } }, /without quotes/],
    [{ ffe_version: '99' }, /ffe_image, ffe_version: standin:99 cannot be had/],
    [{ ffe_mode: 'systemd' }, /ffe_archive and ffe_command/],
  ] as const;
  const before = (await agentTurns(lab, APPS)).length;
  for (const [vars, why] of cases) {
    const ran = await run(lab, DEPLOY, vars);
    assert.is(ran.code, 2);
    assert.match(failuresOf(ran), why);
  }
  await onNode(lab, 'app1', 'systemctl -q enable ffe-agent 2>/dev/null');
  assert.match(failuresOf(await run(lab, DEPLOY)), /the agent is to run on app1 and on app2/);
  await onNode(lab, 'app1', 'systemctl -q disable ffe-agent 2>/dev/null');
  assert.is((await agentTurns(lab, APPS)).length, before);
});

test.run();
