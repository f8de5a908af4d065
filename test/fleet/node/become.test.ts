import * as assert from 'uvu/assert';
import type { Lab } from '../../../lib/lab/index.js';
import type { Become } from '../../../lib/node/become.js';
import { fleetSuite, onNode } from '../fleet.js';
import { failure, operatorPassword, say, targetOf, withNode } from './reach.js';

const test = fleetSuite('node: become', { nodes: 1 });

const who = (lab: Lab, user: string, become: Become) =>
  withNode(targetOf(lab, 'n1', { user }), (node) => say(node, 'id -un; echo $HOME', become));
const sudo = (user: string, more: Partial<Become> = {}): Become => ({ method: 'sudo', user, ...more });

test('sudo without a password, for the shell, commands and files', async ({ lab }) => {
  assert.is(await who(lab, 'admin', sudo('root')), 'root\n/root\n');
  assert.is(await who(lab, 'admin', sudo('root', { password: 'not needed' })), 'root\n/root\n');
  assert.is(await who(lab, 'root', sudo('operator')), 'operator\n/home/operator\n');
  await withNode(targetOf(lab, 'n1', { user: 'admin' }), async (node) => {
    const stdin = Buffer.from('in');
    const exec = await node.exec({ line: 'id -un; cat', stdin }, sudo('root'));
    assert.is(exec.stdout.toString(), 'root\nin');
    assert.is((await node.run({ argv: ['id', '-un'] }, sudo('root'))).stdout.toString(), 'root\n');
  });
});

test('sudo with a password', async ({ lab }) => {
  const password = operatorPassword(lab);
  assert.is(await who(lab, 'operator', sudo('root', { password })), 'root\n/root\n');
  const input = Buffer.from([0, 1, 255, 10]);
  await withNode(targetOf(lab, 'n1', { user: 'operator' }), async (node) => {
    const become = sudo('root', { password });
    const reply = await (await node.shell(become)).run({ text: 'cat', input });
    assert.ok(reply.stdout.equals(input));
    assert.ok((await node.exec({ argv: ['cat'], stdin: input }, become)).stdout.equals(input));
  });
});

test('the password is nowhere in the processes of the node', async ({ lab }) => {
  const password = operatorPassword(lab);
  const stdout = await withNode(targetOf(lab, 'n1', { user: 'operator' }), (node) =>
    say(node, 'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ', sudo('root', { password })),
  );
  assert.ok(stdout.includes('sudo'));
  assert.not.ok(stdout.includes(password));
});

test('a wrong, missing or useless sudo password', async ({ lab }) => {
  const wrong = await failure(who(lab, 'operator', sudo('root', { password: 'guess-me-not' })));
  assert.is(wrong.code, 'become');
  assert.is(wrong.message, 'n1: incorrect sudo password');
  assert.not.match(JSON.stringify({ ...wrong }), /guess-me-not/);
  const missing = await failure(who(lab, 'operator', sudo('root')));
  assert.is(missing.code, 'become');
  assert.is(missing.message, 'n1: missing sudo password to become root');
  await onNode(
    lab,
    'n1',
    'useradd -m plain; cp -r /root/.ssh /home/plain/; chown -R plain: /home/plain; chpasswd',
    'plain:p1\n',
  );
  const outsider = await failure(who(lab, 'plain', sudo('root', { password: 'p1' })));
  assert.is(outsider.code, 'become');
  assert.match(outsider.message, /plain is not in the sudoers file/);
  const nobody = await failure(who(lab, 'admin', sudo('nosuchuser')));
  assert.match(nobody.message, /unknown user nosuchuser/);
});

test('an idle shell does not keep its user from being removed', async ({ lab }) => {
  await withNode(targetOf(lab, 'n1'), async (node) => {
    const root = await node.shell();
    const leaver = async () => (await node.shell(sudo('leaver'))).run({ text: 'id -un' });
    await root.run({ text: 'useradd leaver' });
    const shell = await node.shell(sudo('leaver'));
    assert.is((await shell.run({ text: 'id -un' })).stdout.toString(), 'leaver\n');
    const removed = await node.run({ line: 'userdel leaver' });
    assert.is(removed.stderr.toString(), '');
    assert.is(removed.rc, 0);
    await root.run({ text: 'useradd leaver' });
    assert.is((await shell.run({ text: 'id -un' })).stdout.toString(), 'leaver\n');
    assert.is((await leaver()).rc, 0);
    assert.is((await root.run({ text: 'userdel leaver' })).rc, 0);
  });
});

test('every kind of call says what is wrong with becoming', async ({ lab }) => {
  await withNode(targetOf(lab, 'n1', { user: 'operator' }), async (node) => {
    const shell = await node.shell(sudo('root'));
    for (const call of [
      () => shell.run({ text: 'true' }),
      () => node.run({ argv: ['true'] }, sudo('root')),
      () => node.exec({ argv: ['true'] }, sudo('root')),
      () => node.upload('/etc/hostname', '/root/x', { as: sudo('root') }),
    ])
      assert.is((await failure(call())).code, 'become');
    assert.is(await say(node, 'id -un'), 'operator\n');
  });
});

test('su, with the wanted user’s password; also to a user without a login shell', async ({ lab }) => {
  await onNode(lab, 'n1', 'chpasswd', 'root:r00t\n');
  const su = (user: string, password?: string): Become => ({ method: 'su', user, password });
  assert.is(await who(lab, 'operator', su('root', 'r00t')), 'root\n/root\n');
  assert.is(await who(lab, 'root', su('www-data')), 'www-data\n/var/www\n');
  assert.is((await failure(who(lab, 'operator', su('root', 'no')))).message, 'n1: incorrect su password');
  const missing = await failure(who(lab, 'operator', su('root')));
  assert.is(missing.message, 'n1: missing su password to become root');
});

test('the login user is not become once more, unless flags ask for it', async ({ lab }) => {
  await withNode(targetOf(lab, 'n1', { user: 'admin' }), async (node) => {
    const line = 'cat /proc/$PPID/comm';
    assert.not.match(await say(node, line, sudo('admin')), /sudo/);
    assert.match(await say(node, line, sudo('root')), /sudo/);
    assert.match(await say(node, line, sudo('admin', { flags: '-H -S -n' })), /sudo/);
  });
});

test('doas: not installed, without a password, and refused with one', async ({ lab }) => {
  const doas: Become = { method: 'doas', user: 'root' };
  assert.is((await failure(who(lab, 'admin', doas))).message, 'n1: doas is not installed');
  await onNode(lab, 'n1', 'apt-get install -q -y --no-install-recommends opendoas');
  const rules = 'permit nopass admin as root\npermit operator as root\n';
  await onNode(lab, 'n1', 'cat > /etc/doas.conf; chmod 600 /etc/doas.conf', rules);
  assert.is(await who(lab, 'admin', doas), 'root\n/root\n');
  const error = await failure(who(lab, 'operator', { ...doas, password: operatorPassword(lab) }));
  assert.is(error.message, 'n1: doas wants a password to become root, which is not supported');
});

test('commands as another user are killed with all they started', async ({ lab }) => {
  await withNode(targetOf(lab, 'n1', { user: 'admin' }), async (node) => {
    const result = await node.exec({ line: 'sleep 4711 & sleep 4711', timeout: 0.5 }, sudo('root'));
    assert.equal([result.rc, result.timedOut], [124, true]);
    const abort = new AbortController();
    const running = failure(node.run({ argv: ['sleep', '4711'], signal: abort.signal }, sudo('root')));
    setTimeout(() => abort.abort(), 200);
    assert.match((await running).message, /cancelled/);
    assert.is(await say(node, 'pgrep -fx "sleep 4711" || echo none', sudo('root')), 'none\n');
  });
});

test.run();
