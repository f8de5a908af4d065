import { once } from 'node:events';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { proxySocket } from '../../../lib/node/ssh/socket.js';

test('a ProxyCommand is heard although its output ends before its reason comes', async () => {
  const { socket, said } = proxySocket('/bin/sh -c "exec >&-; sleep 0.1; echo no way >&2"');
  socket.resume();
  await once(socket, 'end');
  socket.destroy();
  assert.is(await said(), 'no way');
});

test('a ProxyCommand that reads nothing is heard, too', async () => {
  const { socket, said } = proxySocket('/bin/sh -c "exec <&-; sleep 0.1; echo deaf >&2"');
  const write = setInterval(() => socket.write('x'), 10);
  await new Promise((closed) => socket.once('close', closed));
  clearInterval(write);
  assert.is(await said(), 'deaf');
});

test('a ProxyCommand ends when its streams are closed from here', async () => {
  const { socket, said } = proxySocket("/bin/sh -c 'echo $$; exec sleep 60'");
  const [line] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  assert.is(await said(), '');
  assert.throws(() => process.kill(Number(String(line)), 0), /ESRCH/);
});

test.run();
