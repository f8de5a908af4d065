import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { IptablesWish } from '../../../lib/modules/iptables/args.js';
import { ruleWords } from '../../../lib/modules/iptables/rule.js';
import { iptables } from '../../../lib/modules/iptables.js';
import { validateArgs } from '../../../lib/modules/validate.js';
import type { JsonObject } from '../../../lib/values/json.js';

type Row = { args: JsonObject; words: string };
const rows = parse(readFileSync(new URL('rules.yaml', import.meta.url), 'utf8')) as Row[];

for (const row of rows)
  test(`words of ${JSON.stringify(row.args)}`, () => {
    assert.equal(Object.keys(row).sort(), ['args', 'words']);
    const valid = validateArgs(iptables, { chain: 'INPUT', ...row.args });
    assert.ok(valid.ok);
    assert.is(ruleWords(valid.args as unknown as IptablesWish).join(' '), row.words);
  });

test.run();
