import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';

type Rule = { alert: string; labels: { severity: string }; annotations: Record<string, string> };

const RUNBOOKS = 'docs/runbooks';
const file = parse(readFileSync('roles/monitoring/files/ffe.rules.yml', 'utf8')) as {
  groups: { rules: Rule[] }[];
};
const rules = file.groups.flatMap((group) => group.rules);

test('every alert links to its runbook, and no runbook is for none', () => {
  for (const { alert, annotations } of rules) assert.is(annotations.runbook_url, `RUNBOOKS/${alert}.md`);
  const pages = readdirSync(RUNBOOKS).filter((name) => name !== 'README.md');
  assert.equal(pages.sort(), rules.map(({ alert }) => `${alert}.md`).sort());
});

test('every runbook says how bad it is, what it means and where to look', () => {
  const index = readFileSync(`${RUNBOOKS}/README.md`, 'utf8');
  for (const { alert, labels } of rules) {
    const page = readFileSync(`${RUNBOOKS}/${alert}.md`, 'utf8');
    assert.match(page, new RegExp(`^# ${alert}\n\nSeverity: ${labels.severity}\\.`));
    for (const part of ['What it means', 'Likely causes', 'Look', 'Afterwards'])
      assert.match(page, `## ${part}\n`);
    assert.match(index, `[${alert}](${alert}.md) | ${labels.severity} |`);
  }
});

test('every alert is seen to fire', () => {
  const cases = parse(readFileSync('test/fleet/monitoring/rules.yaml', 'utf8')) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[];
  };
  const fires = cases.tests
    .flatMap((one) => one.alert_rule_test)
    .filter(({ exp_alerts: expected = [] }) => expected.length > 0)
    .map(({ alertname }) => alertname);
  assert.equal([...new Set(fires)].sort(), rules.map(({ alert }) => alert).sort());
});

test.run();
