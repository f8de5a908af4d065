import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ResultForm, resultText } from '../../lib/report/result-text.js';
import type { JsonObject } from '../../lib/values/json.js';
import { recorded } from '../recorded.js';

type Case = { result: JsonObject; form: ResultForm; always: boolean; text: string };

// What ansible-playbook 2.14 prints behind `=>` under the same settings.
for (const { result, form, always, text } of recorded<Case>('report/result-text.recorded.json', [
  'result',
  'form',
  'always',
  'text',
]))
  test(`${JSON.stringify(form)} ${Object.keys(result).join(' ')}`, () =>
    assert.is(resultText(result, form, always), text));

test.run();
