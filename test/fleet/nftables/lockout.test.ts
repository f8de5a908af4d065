import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { fleetSuite, onNode } from '../fleet.js';
import { runOurs, withScratch, writeInventory } from '../twin/programs.js';

// A rule set that would lock us out comes back by itself, the file for the next boot with it.
const PLAYBOOK = fileURLToPath(new URL('lockout.yml', import.meta.url));
const test = fleetSuite('nftables', { nodes: 1, image: { variant: 'minimal', include: ['nftables'] } });

type Event = { type: string; result?: { changed?: boolean; failed?: boolean; msg?: string } };

test('rules that lock us out come back', ({ lab }) =>
  withScratch(async (folder) => {
    const args = ['-i', writeInventory(lab, folder, {}), PLAYBOOK, '--output', 'json'];
    const { code, stdout, stderr } = await runOurs(args);
    assert.is(code, 0, stdout.slice(-2000) + stderr);
    const events = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Event);
    const [first, again, locked] = events.filter((e) => e.type === 'host-result').map((e) => e.result);
    assert.is(first?.changed, true);
    assert.is(again?.changed, false);
    assert.match(
      String(locked?.msg),
      /no new connection could be made within 5 s(: .*)?; the old rules are back$/,
    );
    assert.match(await onNode(lab, 'n1', 'nft list ruleset'), /dport 22/);
    assert.match(await onNode(lab, 'n1', 'cat /etc/nftables.conf'), /dport 22/);
    assert.is(await onNode(lab, 'n1', 'ls -d /run/ffe-nftables.* 2>/dev/null || true'), '');
    assert.is(await onNode(lab, 'n1', "systemctl list-units --all --no-legend 'ffe-nftables*'"), '');
  }));

test.run();
