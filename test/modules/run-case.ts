import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Outcome } from '../../lib/engine/task/attempt.js';
import { runPlanModule } from '../../lib/engine/task/plan-module.js';
import { answerSource } from '../../lib/engine/task/sources.js';
import { journalOf, withDone } from '../../lib/modules/journal.js';
import type { Module, PlanInfo, RunModule } from '../../lib/modules/module.js';
import { validateArgs } from '../../lib/modules/validate.js';
import { dollar } from '../../lib/node/dollar.js';
import type { Node } from '../../lib/node/node.js';
import { library } from '../../lib/template/builtin.js';
import { createTemplater } from '../../lib/template/create.js';
import type { HostFiles } from '../../lib/template/library.js';
import { fromJson, toJson } from '../../lib/values/convert.js';
import type { Json, JsonObject } from '../../lib/values/json.js';
import { Undefined } from '../../lib/values/undefined.js';
import type { Raw } from '../../lib/values/value.js';
import { templates } from '../../lib/vars/layer.js';
import { type LayeredScope, makeScope } from '../../lib/vars/scope.js';
import type { Case, Expected } from './cases.js';
import { agree } from './recorded/agree.js';

/** Where a case runs: the node, and the folders that `$D` and `$C` stand for. */
type Stage = { node: Node; dir: string; controller: string };

/** Puts folders in the place of `$D` and `$C`. */
export function filled<T>(value: T, stage: { dir: string; controller: string }): T {
  if (typeof value === 'string')
    return value.replaceAll('$D', stage.dir).replaceAll('$C', stage.controller) as T;
  if (Array.isArray(value)) return value.map((v) => filled(v, stage)) as T;
  if (value === null || typeof value !== 'object') return value;
  const pairs = Object.entries(value).map(([k, v]) => [filled(k, stage), filled(v, stage)]);
  return Object.fromEntries(pairs) as T;
}

async function sh(stage: Stage, line: string, what: string): Promise<string> {
  const { rc, stdout, stderr } = await stage.node.run({ line: `set -e\ncd ${stage.dir}\n${line}` });
  assert.is(rc, 0, `${what} ended with ${rc}: ${stdout}${stderr}`);
  return stdout.toString('utf8');
}

/** Everything that can be seen of the scratch folder, times of access and what git keeps for itself aside. */
function fingerprint(stage: Stage): Promise<string> {
  return sh(
    stage,
    `find . -name .git -prune -o -printf '%p %y %m %u %g %s %i %T@ %l\\n' | sort; find . -name .git -prune -o -type f -exec sha1sum {} + | sort`,
    'fingerprint',
  );
}

function scopeFor(one: Case, stage: Stage): LayeredScope {
  const files: HostFiles = {
    searchPath: [stage.controller],
    baseDir: stage.controller,
    ahead: false,
    secret: () => {},
    unvault: () => {
      throw new Error('no vault here');
    },
  };
  const vars = fromJson(filled(one.vars ?? {}, stage)) as Map<string, Raw>;
  return makeScope([templates('case', vars)], { templater: createTemplater(library), files });
}

function infoFor(one: Case, scope: LayeredScope, check: boolean): PlanInfo {
  const { templater, files } = scope.tools;
  const evaluate = (text: string): Json =>
    toJson(
      /\{[{%]/.test(text) ? templater.value(text, scope, files) : templater.expression(text, scope, files),
    );
  return {
    check,
    diff: true,
    verbosity: 0,
    host: 'node1',
    pending: check && one.pending === true,
    evaluate,
    condition: (c) => (typeof c === 'string' ? templater.condition(c, scope, files) : Boolean(c)),
    variable: (name) => {
      const value = scope.get(name);
      return value === undefined || value instanceof Undefined ? undefined : toJson(value);
    },
  };
}

type Call = {
  module: Module;
  args: JsonObject;
  one: Case;
  stage: Stage;
  scope: LayeredScope;
  /** Under which Ansible's answers are recorded. */
  name: string;
};

async function perform({ module, args, one, stage, scope }: Call, check: boolean): Promise<Outcome> {
  const info = infoFor(one, scope, check);
  stage.node.forget();
  if (module.kind === 'plan') {
    // What a check expects must not be what the real run then sees.
    const node = check ? { ...stage.node, expect: undefined } : stage.node;
    const reach = { node: async () => node, become: () => undefined };
    return runPlanModule({ module, args, info, reach, scope });
  }
  if (check && module.check === 'skip') return { status: 'skipped', effects: [], result: {} };
  const run = module as RunModule;
  const journal = journalOf(check);
  const answer = await run.run({
    ...info,
    did: journal.did,
    args: args as never,
    node: stage.node,
    become: undefined,
    $: dollar(stage.node, undefined),
    environment: {},
    title: module.name,
    say: () => {},
    signal: AbortSignal.timeout(60_000),
    timeout: 0,
    source: async (s) => answerSource(s, scope),
    // The node is its own controller: what is done between two machines can be seen on one.
    party: async () => {
      const node = { ...stage.node, close: async () => {} };
      return { host: 'node1', node, become: undefined, local: false };
    },
  });
  const { result: plain, effects } =
    'effects' in answer ? (answer as { result: JsonObject; effects: [] }) : { result: answer, effects: [] };
  const result = withDone(plain, journal);
  const status = result.failed ? 'failed' : result.skipped ? 'skipped' : result.changed ? 'changed' : 'ok';
  return { status, effects, result };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Compares an outcome with what a case expects. */
export function compare(
  outcome: Pick<Outcome, 'status' | 'result' | 'reason'>,
  expected: Expected,
  stage: { dir: string; controller: string },
  what: string,
): void {
  const wanted = filled(expected, stage);
  const { result } = outcome;
  const seen = `${what}: ${outcome.status} ${JSON.stringify(result)}`;
  if (wanted.failed === undefined) assert.is.not(outcome.status, 'failed', seen);
  else {
    assert.is(outcome.status, 'failed', seen);
    assert.ok(String(result.msg).includes(wanted.failed), `${seen}\nexpected to say ${wanted.failed}`);
  }
  if (wanted.skipped !== undefined) assert.is(outcome.status === 'skipped', wanted.skipped, seen);
  if (wanted.changed !== undefined) assert.is(outcome.status === 'changed', wanted.changed, seen);
  if (wanted.reason !== undefined) assert.is(outcome.reason, wanted.reason, seen);
  for (const [key, value] of Object.entries(wanted.result ?? {}))
    assert.equal(result[key], value, `${seen}\nfield ${key}`);
  for (const [key, pattern] of Object.entries(wanted.match ?? {}))
    assert.match(textOf(result[key]), new RegExp(pattern), `${seen}\nfield ${key}`);
  for (const key of wanted.absent ?? []) assert.not(key in result, `${seen}\nfield ${key} is there`);
  if (wanted.diff !== undefined) assert.equal([result.diff ?? []].flat(), wanted.diff, seen);
}

async function steps(call: Call): Promise<void> {
  const { one, stage } = call;
  const expect = one.expect ?? {};
  const before = await fingerprint(stage);
  const foreseen = await perform(call, true);
  compare(foreseen, one.check ?? { changed: expect.changed, failed: expect.failed }, stage, 'check');
  agree(call.name, 'check', foreseen, stage.dir);
  assert.is(await fingerprint(stage), before, 'check mode changed something');
  const real = await perform(call, false);
  compare(real, expect, stage, 'run');
  agree(call.name, 'run', real, stage.dir);
  if (one.effects) assert.equal(real.effects, filled(one.effects, stage));
  if (one.after) await sh(stage, one.after, 'after');
  if (real.status !== 'ok' && real.status !== 'changed') return;
  if (one.again === false) return;
  const settled = await fingerprint(stage);
  const again = await perform(call, false);
  compare(again, { changed: false, reason: one.again }, stage, 'second run');
  // What a case looks at afterwards may have changed it, so only its own second run is compared.
  if (!one.after) agree(call.name, 'again', again, stage.dir);
  assert.is(await fingerprint(stage), settled, 'the second run changed something');
}

/** Runs a case on a node: arguments, check mode, the run itself, and that a second run finds nothing to do. */
export async function runCase(module: Module, one: Case, node: Node, name = ''): Promise<void> {
  const controller = mkdtempSync(join(tmpdir(), 'ffe-case-'));
  const made = await node.run({ argv: ['mktemp', '-d', '/tmp/ffe-case.XXXXXXXX'] });
  const stage: Stage = { node, dir: made.stdout.toString('utf8').trim(), controller };
  try {
    for (const [name, content] of Object.entries(one.controller ?? {})) {
      const at = join(controller, name);
      mkdirSync(name.endsWith('/') ? at : dirname(at), { recursive: true });
      if (!name.endsWith('/')) writeFileSync(at, content);
    }
    if (one.setup) await sh(stage, filled(one.setup, stage), 'setup');
    const valid = validateArgs(module, filled(one.args ?? {}, stage));
    if (!valid.ok || one.invalid) {
      const said = valid.ok
        ? []
        : valid.errors.map((e) => e.message.replace(/\. Supported parameters include: .*/, ''));
      assert.equal(said, filled(one.invalid ?? [], stage));
      return;
    }
    const scope = scopeFor(one, stage);
    const filledOne = { ...one, after: filled(one.after, stage) };
    await steps({ module, args: valid.args, one: filledOne, stage, scope, name });
  } finally {
    await node.run({ argv: ['rm', '-rf', stage.dir] });
    rmSync(controller, { recursive: true, force: true });
  }
}
