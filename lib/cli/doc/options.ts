import type { Option } from '../parse-flags.js';

/** What `ffe-provision doc` takes; the short ones are ansible-doc's. */
export const DOC_OPTIONS = {
  list: { names: ['list'], short: 'l', doc: 'list the modules' },
  snippet: { names: ['snippet'], short: 's', doc: 'a task with all arguments, to be filled in' },
  json: { names: ['json'], short: 'j', doc: 'as JSON; the same as --format json' },
  all: { names: ['all'], doc: 'every module' },
  format: { names: ['format'], value: 'FORMAT', doc: 'text, markdown or json (default text)' },
  output: {
    names: ['output'],
    value: 'FOLDER',
    doc: 'where --all --format markdown writes its pages (default docs/modules)',
  },
  type: { names: ['type'], short: 't', value: 'TYPE', doc: 'only module is known' },
  modulePath: {
    names: ['module-path', 'playbook-dir'],
    short: 'M',
    value: 'FOLDER',
    doc: 'a folder of own modules (default library)',
  },
  debug: { names: ['debug'], doc: 'stacks of errors' },
  help: { names: ['help'], short: 'h', doc: 'print this help' },
} as const satisfies Readonly<Record<string, Option>>;

const rows = Object.values(DOC_OPTIONS as Readonly<Record<string, Option>>).map((o) => {
  const long = `--${o.names[0]}${o.value ? ` ${o.value}` : ''}`;
  return `  ${o.short ? `-${o.short}, ` : '    '}${long.padEnd(24)} ${o.doc}`;
});

/** The text of `ffe-provision doc --help`. */
export const DOC_HELP = `ffe-provision doc [MODULE...] [OPTIONS]

What a module takes, gives and is for, from the schema by which its arguments are checked. Without a name: the list.

${rows.join('\n')}

  ffe-provision doc copy                        on the terminal
  ffe-provision doc copy file -s                tasks to be filled in
  ffe-provision doc --all --format markdown     a page for each module, in docs/modules/
`;
