import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { main } from '../../lib/cli/main.js';
import {
  inRun,
  LEVELS,
  made,
  PAIRS,
  type Parts,
  SURROUNDINGS,
  toldIn,
  withUser,
} from './precedence/levels.js';

type Answer = { low: string; high: string; seen: string };
const ANSIBLE = JSON.parse(
  readFileSync(new URL('precedence/pairs.recorded.json', import.meta.url), 'utf8'),
) as Answer[];

/** What the task sees in a run of ours. */
function seen(parts: Parts): Promise<string> {
  return inRun(parts, async (words, dir) => {
    const printed: string[] = [];
    const out = (text: string): void => void printed.push(text);
    const before = { ...process.env };
    Object.assign(process.env, SURROUNDINGS(dir));
    await main(words, { out, err: out, colour: false });
    process.env = before;
    return toldIn(printed.join(''));
  });
}

const wordOf = (name: string): string => name.replace(/\W+/g, '_');

LEVELS.forEach((high, i) => {
  test(`${high.name} wins over everything below it`, async () => {
    assert.is(await seen(made([high])), wordOf(high.name));
    for (const low of LEVELS.slice(0, i))
      assert.is(await seen(made([low, high])), wordOf(high.name), `over ${low.name}`);
  });
});

test("every level is in a pair that ansible-playbook's answer is known of", () => {
  const recorded = ANSIBLE.flatMap(({ low, high }) => [low, high]);
  for (const { name } of LEVELS) assert.ok(recorded.includes(name), name);
  for (const [low, high] of PAIRS) {
    const answer = ANSIBLE.find((one) => one.low === low.name && one.high === high.name);
    assert.is(answer?.seen, wordOf(high.name), `${low.name}, ${high.name}`);
  }
});

test('the command line is below everything', async () => {
  for (const { high, seen: expected } of ANSIBLE.filter(({ low }) => low === 'command line'))
    assert.is(await seen(withUser(LEVELS.find(({ name }) => name === high))), expected, high);
});

test.run();
