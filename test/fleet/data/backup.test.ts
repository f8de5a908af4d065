import * as assert from 'uvu/assert';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { convergesAsForetold } from '../roles/laws.js';
import { inventoryOf, provision } from '../roles/provision.js';
import {
  backedUp,
  backupPlay,
  commandsOfTheDocument,
  IMAGE,
  METRICS,
  metricOf,
  NODES,
  play,
  rowsOf,
  withRows,
} from './backup-tier.js';
import { SECRET } from './shape.js';

const document = commandsOfTheDocument(/verify|backup.yml|--tag files/);
const STANZA = '/var/lib/pgbackrest/backup/ffe';
const LATEST = `readlink ${STANZA}/latest`;
// A disk of one MiB with nothing but what pgBackRest knows of its backups.
const FILL = `cp -a ${STANZA} /run/known; mount -t tmpfs -o size=1m,mode=750,uid=postgres,gid=postgres none ${STANZA}
  cp -a /run/known/backup.info* ${STANZA}/`;
const test = fleetSuite('the role backup', { nodes: NODES, image: IMAGE });

test('it does what --check foretold, and then nothing', async ({ lab }) => {
  await withRows(lab);
  const ran = await convergesAsForetold(inventoryOf(lab, backedUp()), backupPlay(lab));
  assert.not.match(ran.out + ran.err, new RegExp(SECRET));
  const seen = 'grep -rl "[c]orrect horse" /proc/[0-9]*/cmdline /proc/[0-9]*/environ /var/log 2>/dev/null';
  for (const name of NODES) assert.is((await tryOnNode(lab, name, seen)).stdout, '', name);
});

test('verify-backup.yml tries the latest backup, and says so as a metric', async ({ lab }) => {
  await play(lab, document.playbook(/verify-backup/));
  const now = Number(await onNode(lab, 'bk1', 'date +%s'));
  for (const kind of ['full', 'test', 'check', 'files']) {
    assert.is(await metricOf(lab, 'bk1', kind, 'ffe_backup_success'), 1, kind);
    const last = await metricOf(lab, 'bk1', kind, 'ffe_backup_last_success_timestamp_seconds');
    assert.ok(now - last! < 300, `${kind}: ${now - last!} s ago`);
  }
  assert.ok((await metricOf(lab, 'bk1', 'test', 'ffe_backup_trial_bytes'))! > 1e7);
  assert.is(await onNode(lab, 'bk1', 'ls -A /var/lib/ffe-backup'), '.ssh\nfiles\n', 'no trial is left');
});

test('backup.yml makes them now', async ({ lab }) => {
  await play(lab, document.playbook(/ backup.yml$/));
  assert.is(await metricOf(lab, 'bk1', 'diff', 'ffe_backup_success'), 1);
  const before = await onNode(lab, 'bk1', LATEST);
  await play(lab, document.playbook(/kind=full/));
  assert.match(before, /_\d+-\d+D$/m);
  assert.match(await onNode(lab, 'bk1', LATEST), /^\d+-\d+F$/m);
});

test('files come back from the backup', async ({ lab }) => {
  const command = document.line(/--tag files/, { app1: 'db2' });
  await onNode(lab, 'db2', command);
  assert.is(await onNode(lab, 'db2', 'cat /var/tmp/restored/srv/ffe/data'), 'order\n');
});

test('a failed backup is loud', async ({ lab }) => {
  const fails = async (node: string, kind: string, why: RegExp) => {
    await tryOnNode(lab, node, `rm -f /run/alert; systemctl start ffe-backup@${kind}`);
    assert.is((await tryOnNode(lab, node, `systemctl is-failed ffe-backup@${kind}`)).stdout, 'failed\n');
    const text = await onNode(lab, node, 'until [ -s /run/alert ]; do sleep 0.2; done; cat /run/alert');
    assert.match(text, why, text);
    assert.is(await metricOf(lab, node, kind, 'ffe_backup_success'), 0);
    assert.ok((await metricOf(lab, node, kind, 'ffe_backup_last_success_timestamp_seconds'))! > 0);
  };
  await onNode(lab, 'db2', 'mv /srv/ffe /srv/gone');
  await fails('db2', 'files', /\/srv\/ffe/);
  await onNode(lab, 'db1', 'echo wrong-password >/etc/ffe-backup/password');
  await fails('db1', 'logical', /wrong password or no key/);
  await onNode(lab, 'bk1', FILL);
  await fails('bk1', 'full', /unable to write '.var.lib.pgbackrest.backup/);
  await onNode(lab, 'bk1', `umount ${STANZA}`);
  await onNode(lab, 'bk1', `truncate -s 100 $(find ${STANZA}/latest/bundle/ -type f | head -n 1)`);
  const verified = await provision(inventoryOf(lab, backedUp()), 'playbooks/verify-backup.yml');
  assert.is(verified.code, 2);
});

test('absent leaves nothing', async ({ lab }) => {
  const absent = backupPlay(lab, { backup_state: 'absent', backup_destroy_data: true });
  await play(lab, [absent]);
  const left = `ls -d /etc/*ffe*backup* /etc/pgbackrest* /etc/systemd/system/*ffe-backup* /usr/local/sbin/ffe-*backup*
    /usr/local/sbin/ffe-pgbackrest* /var/lib/*backup* /var/lib/pgbackrest ${METRICS}/ffe* 2>/dev/null; id ffe-backup; which pgbackrest restic`;
  for (const name of NODES)
    assert.is((await tryOnNode(lab, name, left.replaceAll('\n', ' '))).stdout, '', name);
  assert.is(await rowsOf(lab, 'db1'), '100|100');
});

test('every command of the document was run that is about this', () => {
  assert.equal(document.left(), []);
});

test.run();
