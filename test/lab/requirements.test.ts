import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lackError, lacks } from '../../lib/lab/requirements.js';

test('what is missing is named by its Debian package, each once', () => {
  if (process.platform !== 'linux') return;
  const { packages } = lacks(['/nonexistent']);
  assert.ok(packages.includes('mmdebstrap') && packages.includes('systemd-container'));
  assert.equal(packages, [...new Set(packages)].sort());
});

test('nothing missing is no error', () => {
  assert.is(lackError({ reasons: [], packages: [] }), undefined);
});

test('missing packages: what to type', () => {
  const error = lackError({ reasons: [], packages: ['mmdebstrap', 'nftables'] })!;
  assert.is(error.code, 'lab');
  assert.is(error.message, 'cannot boot nodes here: missing mmdebstrap, nftables');
  assert.match(error.hint!, /^apt-get install mmdebstrap nftables, or 'ffe-provision lab up --install'$/);
});

test('a reason that no package mends goes first', () => {
  const error = lackError({ reasons: ['booting nodes needs root', 'more'], packages: ['nftables'] })!;
  assert.is(error.message, 'cannot boot nodes here: booting nodes needs root');
  assert.equal(error.notes, ['more']);
});

test.run();
