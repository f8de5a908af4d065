import type { Templater } from '../../template/templater.js';

/** Words with which an expression may do without a name, or get it from elsewhere. */
const DOUBTFUL =
  /\b(?:default|d|is|if|or|and|else|ternary|mandatory|undef|lookup|query|q|vars|hostvars|varnames)\b|\{%|\{#/;

/** Takes out texts in quotes, which name nothing. */
function withoutTexts(expression: string): string {
  return expression.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''");
}

function namesOf(expression: string, reads: Templater['reads']): string[] {
  if (DOUBTFUL.test(withoutTexts(expression))) return [];
  try {
    return [...reads(`{{ ${expression} }}`, 'value')];
  } catch {
    return []; // its syntax is somebody else's matter
  }
}

/** Names that a text with templates cannot do without; none when there is any doubt. */
export function certainInText(text: string, reads: Templater['reads']): string[] {
  if (!text.includes('{{') || /\{%|\{#|#jinja2:/.test(text)) return [];
  return [...text.matchAll(/\{\{-?(.*?)-?\}\}/gs)].flatMap((m) => namesOf(m[1]!, reads));
}

/** Names that a condition cannot do without: those before the first `and` or `or`. */
export function certainInCondition(text: string, reads: Templater['reads']): string[] {
  if (text.includes('{{')) return [];
  const plain = withoutTexts(text);
  const [first = ''] = plain.split(/\b(?:and|or)\b/);
  const open = (sign: string): number => first.split(sign).length;
  if (open('(') !== open(')') || open('[') !== open(']') || open('{') !== open('}')) return [];
  // The texts are gone from `first`, the names are not.
  return namesOf(first, reads);
}
