import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { settingsTable } from '../../lib/cli/config/as-markdown.js';

test('docs/configuration.md holds the table of the settings', () => {
  const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  const [, table] = /<!-- settings -->\n(.*)\n<!-- \/settings -->/s.exec(page) ?? [];
  assert.is(table, settingsTable());
});

test.run();
