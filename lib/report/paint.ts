import colors from 'picocolors';

/** What a piece of output is; decides its colour. Colours are Ansible's. */
export type Tone =
  | 'ok'
  | 'changed'
  | 'skipped'
  | 'failed'
  | 'unreachable'
  | 'warning'
  | 'added'
  | 'removed'
  | 'hunk'
  | 'verbose'
  | 'plain';

/** Colours a text, or leaves it. */
export type Paint = (tone: Tone, text: string) => string;

/** No colours. */
export const plain: Paint = (_, text) => text;

/** ANSI colours, as Ansible uses them. */
export function ansi(): Paint {
  const c = colors.createColors(true);
  const by: Record<Tone, (text: string) => string> = {
    ok: c.green,
    changed: c.yellow,
    skipped: c.cyan,
    failed: c.red,
    unreachable: (t) => c.bold(c.red(t)),
    warning: (t) => c.bold(c.magenta(t)),
    added: c.green,
    removed: c.red,
    hunk: c.cyan,
    verbose: c.blue,
    plain: (t) => t,
  };
  return (tone, text) => by[tone](text);
}

/** Colours for errors in a compiler's form. */
export function errorPaint(): (kind: 'error' | 'place' | 'mark' | 'hint', text: string) => string {
  const c = colors.createColors(true);
  return (kind, text) =>
    kind === 'error' || kind === 'mark'
      ? c.bold(c.red(text))
      : kind === 'place'
        ? c.blue(text)
        : c.green(text);
}
