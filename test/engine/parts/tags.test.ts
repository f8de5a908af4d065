import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { tagged } from '../../../lib/engine/tags.js';
import { recorded } from '../../recorded.js';

type Case = { tags: string[]; skip: string[]; runs: string[] };

/** The tags of the tasks that each line of options was asked about. */
const OWN = ['', 'a', 'b', 'a b', 'always', 'never', 'a always', 'a never', 'always never', 'untagged'];

for (const { tags, skip, runs } of recorded<Case>('engine/parts/tags.recorded.json', [
  'tags',
  'skip',
  'runs',
]))
  test(`--tags '${tags}' --skip-tags '${skip}'`, () => {
    const own = (text: string) => new Set(text.split(' ').filter(Boolean));
    assert.equal(
      OWN.filter((text) => tagged(own(text), { tags, skipTags: skip })),
      runs,
    );
  });

test.run();
