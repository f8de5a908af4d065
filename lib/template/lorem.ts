import { asIndex } from '../values/number.js';
import { ValueProblem } from '../values/problem.js';
import { truthy } from '../values/truth.js';
import type { Value } from '../values/value.js';

const MOST = 1000;

const WORDS =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur'.split(
    ' ',
  );

function between(low: number, high: number): number {
  return low + Math.floor(Math.random() * Math.max(1, high - low));
}

function paragraph(words: number): string {
  const text = Array.from({ length: words }, () => WORDS[between(0, WORDS.length)]!).join(' ');
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`;
}

/** `lipsum(n=5, html=True, min=20, max=100)`: paragraphs of filler text. */
export function lorem(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): Value {
  const option = (at: number, name: string, otherwise: Value): Value =>
    args[at] ?? kwargs.get(name) ?? otherwise;
  const low = asIndex(option(2, 'min', 20));
  const high = asIndex(option(3, 'max', 100));
  const count = asIndex(option(0, 'n', 5));
  if (count > MOST || high > MOST)
    throw new ValueProblem(`lipsum makes at most ${MOST} paragraphs of ${MOST} words`, 'MemoryError');
  const paragraphs = Array.from({ length: count }, () => paragraph(between(low, high)));
  return truthy(option(1, 'html', true))
    ? paragraphs.map((p) => `<p>${p}</p>`).join('\n')
    : paragraphs.join('\n\n');
}
