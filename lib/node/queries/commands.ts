import { decodeBytes } from '../bytes.js';
import { printText, quote, quoteAll } from '../quote.js';
import { eachAlone, type Part } from './part.js';
import type { GetentQuery, ReadQuery } from './query.js';

/** Queries for databases of the name service, each in a section of its own. */
export function getentParts(queries: readonly GetentQuery[]): Part[] {
  return eachAlone(queries, getentSection, (_, output) => ({
    kind: 'getent',
    rc: output.rc,
    lines: decodeBytes(output.stdout).split('\n').filter(Boolean),
  }));
}

function getentSection(query: GetentQuery): string {
  const service = query.service === undefined ? [] : ['-s', query.service];
  const key = query.key === undefined ? [] : [query.key];
  return `getent ${quoteAll([...service, query.database, ...key])}`;
}

/** Reading commands, each in a section and a subshell of its own. */
export function readParts(queries: readonly ReadQuery[]): Part[] {
  return eachAlone(queries, readSection, (_, output) => ({
    kind: 'read',
    rc: output.rc,
    stdout: output.stdout,
    stderr: output.stderr,
  }));
}

// `eval` keeps a script's own syntax errors and unfinished here-documents inside its section. It sees nothing of ours.
function readSection(query: ReadQuery): string {
  const script = `set --; unset -f E; unset N K M l c f o r p; eval ${quote(query.script ?? ':')}`;
  const command = `(${query.argv === undefined ? script : quoteAll(query.argv)})`;
  return query.stdin === undefined ? command : `${printText(query.stdin)} | ${command}`;
}
