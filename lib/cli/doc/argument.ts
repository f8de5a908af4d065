import type { Arg } from '../../modules/args.js';
import type { Json } from '../../values/json.js';

/** A value as a playbook would have it on one line. */
export function shown(value: Json): string {
  return typeof value === 'string' && /^[\w./~%+-]+$/.test(value) ? value : JSON.stringify(value);
}

/** `list of str`, `bool`, `list of dict`: what an argument takes. */
export function typeOf(arg: Arg): string {
  const inner = arg.type === 'list' ? (arg.elements ?? (arg.options ? 'dict' : undefined)) : undefined;
  return inner ? `${arg.type} of ${inner}` : arg.type;
}

/** What is to be known of an argument besides its sentence: required, default, choices, other names, hidden. */
export function notesOf(arg: Arg): string[] {
  const has = (value: Json | undefined): value is Json => (value ?? null) !== null;
  return [
    ...(arg.required ? ['required'] : []),
    ...(has(arg.default) ? [`default: ${shown(arg.default)}`] : []),
    ...(arg.choices ? [`choices: ${arg.choices.map(shown).join(', ')}`] : []),
    ...(arg.aliases?.length ? [`also called: ${arg.aliases.join(', ')}`] : []),
    ...(arg.noLog ? ['never shown'] : []),
  ];
}
