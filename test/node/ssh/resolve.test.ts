import { homedir } from 'node:os';
import { join } from 'node:path';
import SSHConfig from 'ssh-config';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { resolveEndpoint } from '../../../lib/node/ssh/resolve.js';
import type { Target } from '../../../lib/node/target.js';
import { readCases } from '../cases.js';

type Case = {
  name: string;
  target: Omit<Target, 'connection'>;
  config?: string;
  expect?: Record<string, unknown>;
  error?: string;
};

const KEYS = ['name', 'target', 'config', 'expect', 'error'] as const;

for (const one of readCases<Case>(new URL('resolve.yml', import.meta.url), KEYS))
  test(`resolve: ${one.name}`, () => {
    const resolve = () =>
      resolveEndpoint({ ...one.target, connection: 'ssh' }, SSHConfig.parse(one.config ?? ''));
    if (one.error !== undefined) {
      assert.throws(resolve, (error: Error) => error.message === one.error);
      return;
    }
    const found = resolve() as unknown as Record<string, unknown>;
    const wanted = Object.entries(one.expect ?? {});
    assert.equal(Object.fromEntries(wanted.map(([name]) => [name, found[name] ?? null])), one.expect);
  });

test('files of the home directory', () => {
  const found = resolveEndpoint(
    { name: 'a', connection: 'ssh', identityFiles: ['~/.ssh/k'] },
    SSHConfig.parse(''),
  );
  assert.equal(found.identityFiles, [join(homedir(), '.ssh/k')]);
  assert.is(found.knownHostsFiles[0], join(homedir(), '.ssh/known_hosts'));
  assert.is(found.defaults[0], join(homedir(), '.ssh/id_ed25519'));
});

test.run();
