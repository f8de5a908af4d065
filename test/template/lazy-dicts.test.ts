import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Value } from '../../lib/values/value.js';
import { lazyDict } from '../../lib/vars/lazy-dict.js';
import { filesOf, scopeOf, templater } from './given.js';

test('a template that appends to a list may read a dict that leads to itself', () => {
  const endless = (): Value =>
    lazyDict(
      () => ['self', 'name'],
      (key) => (key === 'self' ? endless() : 'n1'),
      false,
    );
  const scope = scopeOf({ hosts: ['a'] });
  const get = (name: string) => (name === 'hostvars' ? endless() : scope.get(name));
  const text = '{% set _ = hosts.append("b") %}{{ hosts | join(",") }} {{ hostvars.self.self.name }}';
  assert.is(String(templater.value(text, { ...scope, get }, filesOf())), 'a,b n1');
});

test.run();
