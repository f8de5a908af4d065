import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import { namesOf } from '../../../lib/lab/state.js';
import { fleetSuite, onNode } from '../fleet.js';
import { runOurs, withScratch, writeInventory } from '../twin/programs.js';

// rsync between the controller and a node, and between two nodes, as playbooks ask for it. The controller's own rsync is
// that of a node's image, so that nothing has to be installed on this machine.
const PLAYBOOK = fileURLToPath(new URL('play.yml', import.meta.url));
const test = fleetSuite('synchronize', {
  nodes: 2,
  image: { variant: 'minimal', include: ['rsync', 'sudo'] },
});

/** A program that runs the rsync of a node's image with that image's libraries. */
function borrowed(lab: Lab, folder: string): string {
  const { root } = namesOf(lab, lab.nodes[0]!);
  const libraries = join(
    root,
    'usr/lib',
    `${readdirSync(join(root, 'usr/lib')).find((n) => n.endsWith('-linux-gnu'))}`,
  );
  const loader = join(libraries, `${readdirSync(libraries).find((n) => n.startsWith('ld-linux'))}`);
  const program = join(folder, 'rsync');
  const line = `exec '${loader}' --library-path '${libraries}' '${join(root, 'usr/bin/rsync')}' "$@"`;
  writeFileSync(program, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  return program;
}

type Event = { type: string; task?: { name: string }; result?: { changed?: boolean; msg?: string } };

test('trees travel both ways, with become, another key, and between nodes', ({ lab }) =>
  withScratch(async (folder) => {
    const inventory = writeInventory(lab, folder, {});
    const more = [
      '-e',
      `here=${borrowed(lab, folder)}`,
      '-e',
      `back=${folder}/back`,
      '-e',
      `key=${lab.keyFile}`,
    ];
    const { code, stdout, stderr } = await runOurs(['-i', inventory, ...more, PLAYBOOK, '--output', 'json']);
    assert.is(code, 0, stdout.slice(-2000) + stderr);
    const events = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Event);
    const results = events.filter((e) => e.type === 'host-result');
    const changed = Object.fromEntries(results.map((e) => [e.task?.name, e.result?.changed]));
    assert.equal(changed, {
      'a tree is pushed': true,
      'nothing is left to push': false,
      'check mode foresees what is missing': true,
      'a tree is pushed by another user who becomes root': true,
      'a tree is pulled': true,
      'a tree goes from one node to another': true,
      'a tree is copied on the node': true,
    });
    assert.is(await onNode(lab, 'n1', 'stat -c %U /opt/becoming/play.yml'), 'root\n');
    assert.is(
      await onNode(lab, 'n2', 'cat /srv/tree/play.yml'),
      await onNode(lab, 'n1', 'cat /srv/tree/play.yml'),
    );
    assert.equal(readdirSync(join(folder, 'back')), ['play.yml', 'synchronize.test.ts']);
    assert.is(await onNode(lab, 'n2', 'ls -d /tmp/ffe-rsync.* 2>/dev/null || true'), '');
  }));

test.run();
