import { wrapLine } from '../../values/wrap-text.js';
import type { Filter } from '../library.js';
import { splitLines } from '../methods/splitting.js';
import { asText, count, flag } from '../read.js';
import { filter } from '../signature.js';

const wordwrap = filter(
  'width? break_long_words? wrapstring? break_on_hyphens?',
  (input, [width, long, joiner, hyphens]) => {
    const options = {
      width: count(width, 79),
      breakLong: flag(long, true),
      breakHyphens: flag(hyphens, true),
    };
    const newline = joiner === undefined || joiner === null ? '\n' : asText(joiner);
    const paragraphs = splitLines(asText(input), false).map((line) => wrapLine(line, options).join(newline));
    return paragraphs.join(newline);
  },
);

/** The filter that wraps text. */
export const wrapFilters: Record<string, Filter> = { wordwrap };
