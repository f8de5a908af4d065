import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { Gathered } from '../../../lib/node/facts/gathered.js';
import { factsFrom } from '../../../lib/node/facts/query.js';
import type { Collector } from '../../../lib/node/facts/subset.js';
import { newMarks } from '../../../lib/node/sections.js';
import type { JsonObject } from '../../../lib/values/json.js';

type Case = {
  name: string;
  collector: Collector;
  files?: Record<string, string>;
  links?: Record<string, string>;
  programs?: Record<string, string>;
  has?: string[];
  facts: JsonObject;
};

const cases = parse(readFileSync('test/node/facts/facts.cases.yml', 'utf8')) as Case[];
const output = (text: string) => ({
  rc: 0,
  stdout: Buffer.from(text),
  stderr: Buffer.alloc(0),
  note: Buffer.alloc(0),
});

function gatheredOf({ files = {}, links = {}, programs = {}, has = [] }: Case): Gathered {
  return {
    file: (path) => files[path]?.trim() || undefined,
    paths: (pattern) => Object.keys(files).filter((p) => pattern.test(p)),
    link: (path) => links[path],
    links: (pattern) => Object.entries(links).filter(([p]) => pattern.test(p)),
    program: (name) => (programs[name] === undefined ? undefined : output(programs[name])),
    has: (name) => has.includes(name),
  };
}

for (const wanted of cases)
  test(wanted.name, () => {
    const { name: _, collector, files: _f, links: _l, programs: _p, has: _h, facts, ...unknown } = wanted;
    assert.equal(unknown, {}, 'a case has a key that is not known');
    const found = factsFrom(new Set([collector]), gatheredOf(wanted), newMarks());
    assert.equal(
      JSON.parse(JSON.stringify(Object.fromEntries(Object.keys(facts).map((k) => [k, found[k] ?? null])))),
      facts,
    );
  });

test.run();
