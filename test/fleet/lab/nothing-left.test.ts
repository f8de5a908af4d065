import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readAptSetup } from '../../../lib/lab/apt.js';
import { labDown, labStatus, labUp, loadLab, reserveNodes, sweep } from '../../../lib/lab/index.js';
import { noFleet, withLab } from '../fleet.js';
import { tracesOf } from './traces.js';

const test = suite('lab: nothing is left behind');
const reason = noFleet();
if (reason) console.log(`no fleet: ${reason}`);
const folders: string[] = [];
// Not from the reserved range: these labs belong to other processes than this one.
const PREFIX = `172.${16 + (process.pid % 16)}.${(process.pid >> 4) % 256}`;
const check = reason ? test.skip : test;

test.after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  folders.push(folder);
  return folder;
}

/** A process that boots a lab of its own and reports each line; `then` is what it does once the lab is up. */
function otherProcess(name: string, dir: string, prefix: string, then = 'setInterval(() => {}, 1e6)') {
  const source = `import { labUp } from ${JSON.stringify(join(process.cwd(), 'lib/lab/index.ts'))};
    const stop = new AbortController();
    process.on('SIGINT', () => stop.abort());
    const nodes = [{ name: 'a', address: '${prefix}.11' }, { name: 'b', address: '${prefix}.12' }];
    console.log('start');
    labUp({ name: '${name}', nodes, dir: ${JSON.stringify(dir)}, signal: stop.signal, owned: ${then !== ''} }).then(
      () => { console.log('up'); ${then} },
      (error) => { console.log('failed', error.name); },
    );`;
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function until(child: ReturnType<typeof otherProcess>, wanted: () => boolean): Promise<void> {
  for (let tries = 0; !wanted(); tries++) {
    assert.ok(tries < 1200 && child.exitCode === null, 'the other process does not get there');
    await new Promise((later) => setTimeout(later, 25));
  }
}

check('down leaves nothing', async () => {
  const lab = await withLab({ nodes: 2 }, async (up) => {
    assert.ok((await tracesOf(up.prefix, up.dir)).length > 10);
    return up;
  });
  assert.equal(await tracesOf(lab.prefix, lab.dir), []);
  assert.is(await labDown(lab), false);
});

check('a lab whose process was killed is cleared away by the next', async () => {
  const dir = join(scratch(), 'state');
  const child = otherProcess('killed', dir, PREFIX);
  await once(child.stdout!, 'data');
  await until(child, () => existsSync(join(dir, 'nodes', 'a', 'console.log')));
  child.kill('SIGKILL');
  await once(child, 'exit');
  await sweep(); // or another process's has been quicker
  assert.equal(await tracesOf(PREFIX, dir), []);
});

check('Ctrl-C while nodes start undoes everything', async () => {
  const dir = join(scratch(), 'state');
  const child = otherProcess('cut', dir, PREFIX, '');
  const output: string[] = [];
  child.stdout!.setEncoding('utf8').on('data', (text: string) => output.push(text));
  await until(child, () => existsSync(join(dir, 'nodes', 'a', 'console.log')));
  child.kill('SIGINT');
  await once(child, 'exit');
  assert.match(output.join(''), /failed AbortError/);
  assert.equal(await tracesOf(PREFIX, dir), []);
});

check('a failure while a lab comes up for the first time leaves nothing', async () => {
  const nodes = await reserveNodes('unlucky', ['a']);
  const prefix = nodes[0]!.address.split('.').slice(0, 3).join('.');
  const dir = join(scratch(), 'state');
  const error = await labUp({ name: 'unlucky', nodes, owned: true, limit: 0.001 }).catch((e: Error) => e);
  assert.match((error as Error).message, /node a \(10\..*\) did not answer ssh within 0.001 s/);
  assert.equal(await tracesOf(prefix, dir), []);
});

check('a folder with other things in it is not taken for state', async () => {
  const dir = scratch();
  writeFileSync(join(dir, 'precious'), 'x');
  const nodes = [{ name: 'a', address: `${PREFIX}.11` }];
  const error = await labUp({ name: 'other', nodes, dir, owned: true }).catch((e: Error) => e);
  assert.match((error as Error).message, /is not empty and holds no lab/);
  assert.ok(existsSync(join(dir, 'precious')));
  assert.equal(await tracesOf(PREFIX, dir), [dir]);
});

check('two labs at once do not meet, and a network belongs to one', async () => {
  await withLab({ nodes: 1 }, (one) =>
    withLab({ nodes: 1 }, async (two) => {
      assert.is.not(one.prefix, two.prefix);
      assert.equal((await labStatus(one))[0]!.state, 'running');
      const error = await labUp({ name: 'rival', nodes: one.nodes, owned: true }).catch((e: Error) => e);
      assert.match((error as Error).message, /belongs to the lab 'test-/);
      assert.equal((await labStatus(two))[0]!.state, 'running');
    }),
  );
});

check('up follows the inventory: new hosts boot, lost ones go', async () => {
  await withLab({ nodes: 2 }, async ({ name, dir, nodes: [first] }) => {
    const third = { name: 'n3', address: first!.address.replace(/\d+$/, '33') };
    const lab = await labUp({ name, dir, nodes: [first!, third], owned: true });
    assert.equal(
      (await labStatus(lab)).map((node) => `${node.name} ${node.state}`),
      ['n1 running', 'n3 running'],
    );
    assert.equal(loadLab(dir)!.nodes, [first, third]);
    assert.not(existsSync(join(dir, 'nodes', 'n2')));
  });
});

check('a lab keeps its image: another one is refused while it exists', async () => {
  await withLab({ nodes: 1 }, async ({ name, dir, nodes }) => {
    const again = { name, dir, nodes, owned: true, image: { include: ['tree'] } };
    assert.match(String(await labUp(again).catch((e: Error) => e)), /has another image/);
  });
});

check('reading how this machine reaches Debian works here', async () => {
  assert.match((await readAptSetup('bookworm')).sources, /Suites: bookworm bookworm-updates/);
});

test.run();
