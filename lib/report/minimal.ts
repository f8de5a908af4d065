import type { Event, Listener } from '../engine/event.js';
import { diffText } from './diff.js';
import { dump, printable } from './dump.js';
import { type LineOptions, sayConfig } from './lines.js';
import { plain } from './paint.js';
import { warner, warningsOf } from './warning.js';

/** The result of one host, at its end. */
type HostResult = Extract<Event, { type: 'host-result' }>;

/** Modules whose result is printed as text: what the command said. */
const TALKING = /^(ansible\.(builtin|legacy)\.)?(command|shell|raw|script)$/;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function isTalk(event: HostResult): boolean {
  return TALKING.test(event.task.action) && !('ansible_job_id' in event.result);
}

function isDebug(event: HostResult): boolean {
  return /(^|\.)debug$/.test(event.task.action) && event.status !== 'failed';
}

function talk({ host, result }: HostResult, caption: string): string {
  const said = ['stdout', 'stderr', 'msg'].map((name) => textOf(result[name])).join('');
  return `${host} | ${caption} | rc=${String(result.rc ?? -1)} >>\n${said}`;
}

function talkLine({ host, result }: HostResult, caption: string): string {
  const flat = (name: string): string => textOf(result[name]).replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  const errors = flat('stderr') === '' ? '' : ` (stderr) ${flat('stderr')}`;
  return `${host} | ${caption} | rc=${String(result.rc ?? -1)} | (stdout) ${flat('stdout')}${errors}`;
}

/** On one line there is what several lines would be without their ends: no space behind commas, or many. */
function body(event: HostResult, { verbosity }: LineOptions, oneLine: boolean): string {
  if (!oneLine) return dump(printable(event.result, verbosity, isDebug(event)), 4);
  const indent = event.result._ansible_verbose_always === true ? 4 : 0;
  return dump(printable(event.result, verbosity, false), indent).replaceAll('\n', '');
}

function resultText(event: HostResult, options: LineOptions, oneLine: boolean): string {
  const { host, status } = event;
  if (status === 'skipped') return `${host} | SKIPPED`;
  if (status === 'unreachable')
    return oneLine
      ? `${host} | UNREACHABLE!: ${textOf(event.result.msg)}`
      : `${host} | UNREACHABLE! => ${body(event, options, oneLine)}`;
  if (status === 'failed')
    return isTalk(event) && !oneLine
      ? talk(event, 'FAILED')
      : `${host} | FAILED! => ${body(event, options, oneLine)}`;
  const word = status === 'changed' ? 'CHANGED' : 'SUCCESS';
  if (isTalk(event)) return oneLine ? talkLine(event, word) : talk(event, word);
  return `${host} | ${word} => ${body(event, options, oneLine)}`;
}

function hostResult(event: HostResult, options: LineOptions, oneLine: boolean): void {
  const paint = options.paint ?? plain;
  const diff = options.showDiff ? diffText(event.result, paint, options.display?.diffContext) : '';
  if (diff !== '') options.out(`${diff}\n`);
  options.out(paint(event.status, resultText(event, options, oneLine)));
}

/** Prints the result of each host alone, as ansible does for ad hoc commands; with `oneLine`, as its -o does. */
export function minimal(options: LineOptions & { readonly oneLine: boolean }): Listener {
  const { err, paint = plain, oneLine } = options;
  const warn = warner(err, paint);
  const seen = new Set<string>();
  return (event) => {
    if (event.type === 'host-result') {
      for (const text of warningsOf(event.result)) warn(text);
      return hostResult(event, options, oneLine);
    }
    if (event.type === 'run-start') return sayConfig(options);
    if (event.type === 'no-hosts-matched') return warn('No hosts matched, nothing to do');
    if (event.type === 'warning') return warn(event.text);
    if (event.type !== 'deprecation' || seen.has(event.text)) return;
    seen.add(event.text);
    err(paint('warning', `[DEPRECATION WARNING]: ${event.text}`));
  };
}
