/** An answer that debconf keeps, and whether its question counts as asked. */
export type Answered = { readonly value: string; readonly seen: boolean };
export type Answers = Readonly<Record<string, Answered>>;

/** Reads what debconf-show prints: `* QUESTION: VALUE`, the star where it was asked. */
export function parseAnswers(shown: string): Answers {
  const entries = shown.split('\n').flatMap((line): [string, Answered][] => {
    const [, star, question, value = ''] = /^\s*(\*?)\s*([^:]+):(.*)$/.exec(line) ?? [];
    if (question === undefined) return [];
    return [[question.trim(), { value: value.trim(), seen: star === '*' }]];
  });
  return Object.fromEntries(entries);
}

function choices(value: string): string {
  return value
    .split(',')
    .map((word) => word.trim())
    .sort()
    .join(', ');
}

/** Whether a question is answered as wished; the order of several choices does not matter. */
export function sameAnswer(now: Answered, vtype: string, wished: string): boolean {
  if (vtype === 'seen') return String(now.seen) === wished;
  if (vtype === 'boolean') return now.value.toLowerCase() === wished;
  if (vtype === 'multiselect') return choices(now.value) === choices(wished);
  // debconf keeps no blanks at the ends.
  return now.value === wished.trim();
}
