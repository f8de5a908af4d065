import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { targetPath } from '../../../lib/modules/file/links.js';

const CASES: readonly (readonly [path: string, src: string, at: string])[] = [
  ['/etc/app/link', 'conf', '/etc/app/conf'],
  ['/etc/app/link', '../conf', '/etc/conf'],
  ['/etc/app/link', '/opt/conf', '/opt/conf'],
  // Names that are relative to where the module works stay so: the controller's folder is not the node's.
  ['link', 'conf', 'conf'],
  ['app/link', 'conf', 'app/conf'],
  ['app/link', '/opt/conf', '/opt/conf'],
];

for (const [path, src, at] of CASES)
  test(`${path} to ${src}`, () => {
    assert.is(targetPath(path, src), at);
  });

test.run();
