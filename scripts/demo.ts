/**
 * npm run demo [-- up | down]
 *
 * Boots the three nodes of inventory/demo.yml, provisions them, proves that a second run changes nothing, asks their
 * services from one another, and says what to look at. `down` takes the nodes away again.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultDir, type Lab, lacks, loadLab, readLabInventory } from '../lib/lab/index.js';
import { capture, show } from './demo/run.js';
import { blockedPort, changedTasks, farewell, loginOf } from './demo/words.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const INVENTORY = 'inventory/demo.yml';
const say = (text: string) => console.log(text);
const title = (text: string) => say(`\n=== ${text}\n`);

function cannot(reasons: readonly string[]): number {
  say('The demo boots three Debian nodes on this machine. That is not possible here:');
  for (const reason of reasons) say(`  - ${reason}`);
  say('It needs Debian or Ubuntu (a virtual machine will do), root, and the network for packages.');
  return 1;
}

function demoLab(): Lab {
  const lab = loadLab(defaultDir(readLabInventory(join(root, INVENTORY)).name));
  if (lab) return lab;
  throw new Error('the lab is not up');
}

async function secondRun(login: readonly string[]): Promise<boolean> {
  const { code, stdout } = await capture(root, [...login, '--output', 'json', 'site.yml']);
  const changed = changedTasks(stdout);
  for (const line of changed) say(`changed again: ${line}`);
  if (code === 0 && changed.length === 0) say('changed=0 on all hosts');
  return code === 0 && changed.length === 0;
}

/** Saves the authority's certificate beside the lab's keys, for browsers and curl on this machine. */
async function authority(lab: Lab): Promise<string> {
  const words = ['lab', 'ssh', '-i', INVENTORY, 'web1', 'cat', '/etc/ffe-tls/ca.crt'];
  const { code, stdout } = await capture(root, words);
  if (code !== 0) throw new Error("cannot read the authority's certificate");
  const file = join(lab.dir, 'ca.crt');
  writeFileSync(file, stdout);
  return file;
}

async function up(): Promise<number> {
  const { reasons } = lacks();
  if (reasons.length > 0) return cannot(reasons);
  title('Three nodes boot (the first time, their image is built from Debian packages)');
  const booted = await show(root, ['lab', 'up', '--install', '-i', INVENTORY]);
  if (booted !== 0) return booted;
  const lab = demoLab();
  const login = loginOf(INVENTORY, lab.dir);
  title('site.yml builds the fleet');
  const built = await show(root, [...login, 'site.yml']);
  if (built !== 0) return built;
  title('The same again: nothing is left to change');
  if (!(await secondRun(login))) return 1;
  title('verify.yml asks the services from other nodes');
  const verified = await show(root, [...login, 'verify.yml']);
  if (verified !== 0) return verified;
  title('Look at it');
  say(farewell({ lab, inventory: INVENTORY, ca: await authority(lab), blocked: blockedPort(lab) }));
  return 0;
}

const [verb = 'up'] = process.argv.slice(2);
if (verb === 'up') process.exitCode = await up();
else if (verb === 'down') process.exitCode = await show(root, ['lab', 'down', '-i', INVENTORY]);
else {
  say('npm run demo            boots and provisions three nodes\nnpm run demo -- down    takes them away');
  process.exitCode = 2;
}
