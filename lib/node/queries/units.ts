import { quote, quoteAll } from '../quote.js';
import type { SectionOutput } from '../sections.js';
import { eachAlone, groupBy, lastError, type Part } from './part.js';
import type { UnitAnswer, UnitQuery } from './query.js';

/** All queries for units: one `systemctl show` for each scope; templates, which it cannot show, alone. */
export function unitParts(queries: readonly UnitQuery[]): Part[] {
  const shown = queries.filter((q) => !isTemplate(q) && q.scope !== 'global');
  const others = queries.filter((q) => !shown.includes(q));
  const parts = [...groupBy(shown, (q) => q.scope)].map(([scope, group]) => showPart(scope, group));
  return [...parts, ...eachAlone(others, fileStateSection, readFileState)];
}

function isTemplate(query: UnitQuery): boolean {
  return /@(\.[a-z]+)?$/.test(query.name);
}

function showPart(scope: UnitQuery['scope'], queries: readonly UnitQuery[]): Part {
  const names = [...new Set(queries.map((q) => q.name))];
  const flags = scope === 'user' ? '--user ' : '';
  return {
    sections: [`systemctl ${flags}show -- ${quoteAll(names)}`],
    read: ([output]) => {
      const blocks = output!.stdout.toString('utf8').split(/\n\n(?=[A-Z]\w*=)/);
      return queries.map((q) => [q, readBlock(blocks[names.indexOf(q.name)], output!)]);
    },
  };
}

function readBlock(block: string | undefined, output: SectionOutput): UnitAnswer {
  const properties = readProperties(block ?? '');
  const state = properties.LoadState;
  const said = lastError(output);
  const error = state === undefined ? said || `systemctl ended with exit code ${output.rc}` : undefined;
  return {
    kind: 'unit',
    found: state !== undefined && state !== 'not-found',
    properties,
    ...(error && { error }),
  };
}

function readProperties(block: string): Record<string, string> {
  const properties: Record<string, string> = {};
  let last = '';
  for (const line of block.split('\n')) {
    const at = line.search(/(?<=^[A-Z]\w*)=/);
    if (at > 0) {
      last = line.slice(0, at);
      properties[last] = line.slice(at + 1);
    } else if (last !== '' && line !== '') properties[last] += `\n${line}`;
  }
  return properties;
}

// A template and a unit of all users' managers have no state but that of their files.
function fileStateSection(query: UnitQuery): string {
  const scope = query.scope === 'system' ? '' : `--${query.scope} `;
  return `systemctl ${scope}is-enabled -- ${quote(query.name)}`;
}

function readFileState(query: UnitQuery, output: SectionOutput): UnitAnswer {
  const state = output.stdout.toString('utf8').trim();
  if (state === '' || state === 'not-found') {
    const error = /No such file|not exist|not found/i.test(output.stderr.toString()) ? '' : lastError(output);
    return { kind: 'unit', found: false, properties: { LoadState: 'not-found' }, ...(error && { error }) };
  }
  const name = /\.[a-z]+$/.test(query.name) ? query.name : `${query.name}.service`;
  const load = state.startsWith('masked') ? 'masked' : 'loaded';
  const properties = {
    Id: name,
    Names: name,
    LoadState: load,
    ActiveState: 'inactive',
    UnitFileState: state,
  };
  return { kind: 'unit', found: true, properties };
}
