import { decodeBytes } from '../bytes.js';
import { quote } from '../quote.js';
import type { SectionOutput } from '../sections.js';
import type { Action, LinkAction, Outcome, TouchAction } from './action.js';
import { attributesStep } from './attributes.js';
import { assign, attributeValues, type Step } from './compiled.js';
import { runStep } from './run.js';
import { copyStep, newWord, writeStep } from './write.js';

/** An action as a step of a script. A write whose content is a local file needs steps of its own (see write.ts). */
export function compileAction(action: Action): Step {
  switch (action.kind) {
    case 'write':
      return writeStep(action);
    case 'copy':
      return copyStep(action);
    case 'attributes':
      return attributesStep(action);
    case 'run':
      return runStep(action);
    case 'link':
      return linkStep(action);
    case 'touch':
      return touchStep(action);
    case 'mkdir': {
      const values = assign(attributeValues(action.attributes));
      return { source: `${values}; folder ${quote(bare(action.path))} ${action.parents ? 'y' : ''}` };
    }
    case 'remove':
      return { source: `gone ${quote(bare(action.path))} ${action.recurse ? 'y' : ''}` };
    case 'rename':
      return { source: `mv -fT -- ${quote(action.from)} ${quote(action.to)}` };
  }
}

/** Without trailing slashes, which would look through a link. */
function bare(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}

function linkStep(action: LinkAction): Step {
  const values = { p: bare(action.path), g: action.target, l: action.hard ? '' : '-s', w: newWord() };
  return { source: `${assign({ ...values, ...attributeValues(action.attributes) })}; link` };
}

function touchStep(action: TouchAction): Step {
  const path = quote(action.path);
  const time = (flag: string, when: number | 'now' | undefined) =>
    when === undefined ? [] : [`touch -${flag}c${when === 'now' ? '' : ` -d @${stamp(when)}`} -- ${path}`];
  const both = action.atime === action.mtime;
  const times = both ? time('', action.atime) : [...time('a', action.atime), ...time('m', action.mtime)];
  const make = `{ [ -e ${path} ] || { umask "$u"; { true; } >${path}; r=$?; umask 077; [ $r = 0 ] && c=y; }; }`;
  const values = assign(attributeValues(action.attributes));
  const steps = [make, ...times, `own ${path}`, `flag ${path}`].join(' && ');
  // A file that was made and cannot be had as wished goes again.
  return { source: `${values}; c=; { ${steps}; } || { r=$?; [ -z "$c" ] || rm -f -- ${path}; (exit $r); }` };
}

function stamp(seconds: number): string {
  return Number.isInteger(seconds) ? String(seconds) : seconds.toFixed(6);
}

/** What a step left, from its section. Notes: b backup, c changed, v validate failed, n number of changes. */
export function readOutcome(output: SectionOutput): Outcome {
  const note = decodeBytes(output.note);
  const value = note.slice(1);
  const { rc, stdout, stderr } = output;
  return {
    rc,
    stdout,
    stderr,
    ...(note[0] === 'b' && { backup: value }),
    ...(note[0] === 'c' && { changed: true }),
    ...(note[0] === 'v' && { invalid: true }),
    ...(note[0] === 'n' && { touched: Number(value) }),
  };
}
