import { createHash } from 'node:crypto';
import { hostScope } from '../../lib/engine/preview.js';
import { createRun } from '../../lib/engine/run.js';
import { besideVars } from '../../lib/inventory/beside.js';
import { loadInventory } from '../../lib/inventory/load.js';
import { createRedactor } from '../../lib/secrets/redactor.js';
import { library } from '../../lib/template/builtin.js';
import { createTemplater } from '../../lib/template/create.js';
import { fromJson } from '../../lib/values/convert.js';
import { str } from '../../lib/values/print.js';
import type { Raw } from '../../lib/values/value.js';
import { templates } from '../../lib/vars/layer.js';
import type { TemplateWork } from './template-work.js';

/** Seconds, and the SHA-256 of what came out, by measure. */
export type Measured = Readonly<Record<string, readonly [seconds: number, digest: string]>>;

function timed(work: () => readonly string[]): readonly [number, string] {
  const start = performance.now();
  const result = work();
  const seconds = (performance.now() - start) / 1000;
  return [seconds, createHash('sha256').update(result.join('\n')).digest('hex')];
}

function scopeFor(inventory: string, vars: TemplateWork['vars']) {
  const run = createRun({
    options: {
      check: false,
      diff: false,
      verbosity: 0,
      forks: 5,
      tags: [],
      skipTags: [],
      extraVars: templates(
        'vars',
        new Map(Object.entries(vars).map(([k, v]) => [k, fromJson(v as never) as Raw])),
      ),
      forceHandlers: false,
      flushCache: false,
      connection: {},
      become: { become: false, method: 'sudo', user: 'root' },
      strategy: 'linear',
      gathering: 'explicit',
      anyErrorsFatal: false,
    },
    inventory: loadInventory([inventory]).inventory,
    modules: new Map(),
    templater: createTemplater(library),
    redactor: createRedactor(),
    open: () => Promise.reject(new Error('no connection is needed')),
    unvault: (text) => text,
    beside: (dir) => besideVars([dir]),
    readVars: () => new Map(),
    listen: () => undefined,
    signal: new AbortController().signal,
  });
  return hostScope(run, '/nonexistent', 'web0');
}

/** Renders the work with this project's own templater, variables and inventory. */
export function renderWork(work: TemplateWork, inventory: string): Measured {
  const scope = scopeFor(inventory, work.vars);
  const { templater, files } = scope.tools;
  const file = (text: string) => templater.file(text, 'bench', scope, files).replace(/\n+$/, '');
  return {
    'hosts file': timed(() => [file(work.hostsTemplate)]),
    expressions: timed(() => work.expressions.map((e) => str(templater.value(e, scope, files)))),
    'config file': timed(() => Array.from({ length: work.rounds }, () => file(work.config))),
  };
}
