import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { symbolicMode } from '../../lib/modules/symbolic-mode.js';

const CASES: [text: string, from: number, directory: boolean, expected: number | undefined][] = [
  ['u=rwX,g=rX,o=', 0o600, false, 0o640],
  ['u=rwX,g=rX,o=', 0o600, true, 0o750],
  ['u=rwX,g=rX,o=', 0o100, false, 0o750],
  ['a+x', 0o644, false, 0o755],
  ['+w', 0o444, false, 0o644],
  ['go-rwx', 0o777, false, 0o700],
  ['g=u', 0o740, false, 0o770],
  ['u+s,g+s,o+t', 0o755, true, 0o7755],
  ['u=rw-x+X', 0o755, false, 0o755],
  ['o=', 0o1777, true, 0o770],
  ['', 0o644, false, undefined],
  ['u=q', 0o644, false, undefined],
  ['644', 0o644, false, undefined],
  ['z+x', 0o644, false, undefined],
];

for (const [text, mode, directory, expected] of CASES)
  test(`${text} on ${mode.toString(8)}${directory ? ' of a folder' : ''}`, () => {
    assert.is(symbolicMode(text, { mode, directory }), expected);
  });

const clause = fc
  .tuple(
    fc.constantFrom('', 'u', 'g', 'o', 'a', 'ug', 'go', 'uo'),
    fc.constantFrom('+', '-', '='),
    fc.oneof(fc.constantFrom('', 'r', 'w', 'x', 'rw', 'rx', 'rwx', 'wx'), fc.constantFrom('u', 'g', 'o')),
  )
  .map(([who, operator, perms]) => `${who}${operator}${perms}`);

// Without users chmod lets the umask also take from what `=` leaves and from copied permissions; Ansible does not.
const text = clause.filter((c) => !/^(=|[-+][ugo])/.test(c));

test('one clause does what chmod does', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-mode-'));
  const [file, folder] = [join(dir, 'f'), join(dir, 'd')];
  writeFileSync(file, '');
  mkdirSync(folder);
  const before = process.umask(0o022);
  try {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 0o777 }), fc.boolean(), (mode, from, directory) => {
        const path = directory ? folder : file;
        chmodSync(path, from);
        execFileSync('chmod', ['--', mode, path], { stdio: 'pipe' });
        assert.is(symbolicMode(mode, { mode: from, directory }), statSync(path).mode & 0o7777, mode);
      }),
      { numRuns: 60 },
    );
  } finally {
    process.umask(before);
    rmSync(dir, { recursive: true, force: true });
  }
});

test.run();
