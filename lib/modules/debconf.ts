import type { Action } from '../node/actions/action.js';
import { read, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import type { Json, JsonObject } from '../values/json.js';
import { type Answered, type Answers, parseAnswers, sameAnswer } from './debconf/answers.js';
import { defineModule } from './module.js';
import { change, ok } from './plan.js';
import { complaint, printed, without } from './program.js';

const HIDDEN = '(password omitted)';

/** A value as debconf writes it: lists with commas, booleans in small letters. */
function valueText(value: Json, vtype: string): string {
  const words = Array.isArray(value) ? value.map((v) => valueText(v, '')).join(', ') : pythonText(value);
  return vtype === 'boolean' || vtype === 'seen' ? words.toLowerCase() : words;
}

function pythonText(value: Json): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value ?? '');
}

/** Answers questions of packages before they are asked. */
export const debconf = defineModule({
  name: 'debconf',
  summary: 'Answers the questions that a package asks when it is configured.',
  args: {
    name: { type: 'str', required: true, aliases: ['pkg'], doc: 'The package.' },
    question: {
      type: 'str',
      aliases: ['selection', 'setting'],
      doc: 'The question; without it answers are listed.',
    },
    vtype: {
      type: 'str',
      choices: [
        'boolean',
        'error',
        'multiselect',
        'note',
        'password',
        'seen',
        'select',
        'string',
        'text',
        'title',
      ],
      doc: 'What kind of answer it has; seen: whether the question counts as asked.',
    },
    value: { type: 'raw', aliases: ['answer'], doc: 'The answer; of a multiselect also a list.' },
    unseen: { type: 'bool', default: false, doc: 'The question still counts as not asked.' },
  },
  rules: { requiredTogether: [['question', 'vtype', 'value']] },
  returns: {
    current: 'answers by question: all of them, or the one that was given',
    previous: 'the answer there was, after a change',
  },
  examples: `
- name: The mailer is local
  debconf:
    name: postfix
    question: postfix/main_mailer_type
    vtype: select
    value: Local only
`,
  queries: (a) => ({
    shown: read(['debconf-show', '--', a.name]),
    // A password is not shown, but can be asked for as a package's own script does.
    hidden:
      a.question !== undefined && a.vtype === 'password'
        ? readScript(`printf 'GET %s\\n' ${quote(a.question)} | debconf-communicate ${quote(a.name)}`)
        : undefined,
  }),
  plan: (a, { shown, hidden }, info) => {
    const lacks = without('debconf-show', 'debconf', shown, info);
    if (lacks) return lacks;
    const answers = parseAnswers(printed(shown));
    const all = values(answers);
    if (a.question === undefined || a.vtype === undefined)
      return ok('answers are listed', { msg: '', current: all });
    const { question, vtype } = a;
    const value = valueText(a.value ?? '', vtype);
    const before = hidden ? got(printed(hidden)) : answers[question];
    if (before && sameAnswer(before, vtype, value))
      return ok('the answer is as wished', { msg: '', current: all });
    const shownValue = vtype === 'password' ? HIDDEN : value;
    const previous: JsonObject = before
      ? { [question]: all[question] ?? before.value }
      : { ...all, [question]: '' };
    const current = { [question]: shownValue };
    const argv = ['debconf-set-selections', ...(a.unseen ? ['-u'] : [])];
    const stdin = `${a.name} ${question} ${vtype} ${value}\n`;
    const actions: Action[] = [{ kind: 'run', argv, stdin }];
    return change('another answer', actions, {
      result: { msg: '', current, previous },
      diff: [{ before: previous, after: { ...previous, ...current } }],
      explain: (_, outcome) => complaint(outcome),
    });
  },
});

function values(answers: Answers): JsonObject {
  return Object.fromEntries(Object.entries(answers).map(([k, { value }]) => [k, value]));
}

/** The answer in a reply of debconf-communicate, `0 VALUE`. */
function got(reply: string): Answered | undefined {
  const [, value] = /^0 ?(.*)$/m.exec(reply) ?? [];
  return value === undefined ? undefined : { value, seen: true };
}
