import { quote } from '../quote.js';
import type { AttributesAction } from './action.js';
import { assign, attributeValues, octal, type Step } from './compiled.js';

/** Sets attributes of one path, or of everything below it too. */
export function attributesStep(action: AttributesAction): Step {
  const path = quote(action.path);
  const values = assign(attributeValues(action.attributes));
  if (action.recurse) return { source: recursive(action, path) };
  return { source: `${values}; own ${path} ${action.follow ? "''" : '-h'} && flag ${path}` };
}

/** Only what differs is touched, and counted (one dot each) in the note `n`. */
function recursive(action: AttributesAction, path: string): string {
  const { owner, group, mode, attributes } = action.attributes;
  const find = `find ${action.follow ? '-H' : '-P'} ${path}`;
  const spec = quote(`${owner ?? ''}${group === undefined ? '' : `:${group}`}`);
  const differs = [owner && `! -user ${quote(owner)}`, group && `! -group ${quote(group)}`].filter(Boolean);
  const lines = [
    differs.length > 0 && `${find} \\( ${differs.join(' -o ')} \\) -exec chown -h -- ${spec} {} + -printf .`,
    action.modeText !== undefined && symbolic(action, path),
    action.modeText === undefined &&
      mode !== undefined &&
      `${find} ! -type l ! -perm ${octal(mode)} -exec chmod -- ${octal(mode)} {} + -printf .`,
    attributes !== undefined && `chattr -R ${quote(attributes)} ${path}`,
  ].filter((line): line is string => typeof line === 'string');
  return `c=$(${lines.length === 0 ? ':' : lines.join(' && ')}); r=$?; M=n\${#c}; (exit $r)`;
}

/** What a symbolic mode means depends on each file, so chmod itself says what it changed: a line each, cut to a dot. */
function symbolic(action: AttributesAction, path: string): string {
  const change = `chmod -cR -- ${quote(action.modeText!)} ${path} | { while read -r l; do printf .; done; }`;
  return action.follow ? change : `{ [ -h ${path} ] || ${change}; }`;
}
