import type { ArgSpec, ArgsOf } from './args.js';
import { argText } from './edit/bytes.js';
import { type Edit, editQueries, planEdit } from './edit/plan-edit.js';
import { fileArgs, pathFields } from './file-attributes.js';
import { editIni } from './ini/edit-ini.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';

const args = {
  path: { type: 'path', required: true, aliases: ['dest'], doc: 'The file.' },
  section: { type: 'str', doc: 'The section; without it what stands before the first one.' },
  option: { type: 'str', doc: 'The option; without it the section itself is made or removed.' },
  value: { type: 'str', doc: 'Its value.' },
  values: {
    type: 'list',
    elements: 'str',
    doc: 'Its values, for an option that stands there several times.',
  },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the file with the time in its name.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    doc: 'Whether it should be there.',
  },
  exclusive: { type: 'bool', default: true, doc: 'Other lines of the option go away.' },
  no_extra_spaces: { type: 'bool', default: false, doc: 'No spaces around the equals sign.' },
  allow_no_value: { type: 'bool', default: false, doc: 'The option may stand without a value.' },
  create: { type: 'bool', default: true, doc: 'Make the file when it does not exist.' },
  ...fileArgs,
} as const satisfies ArgSpec;

function edit(a: ArgsOf<typeof args>): Edit {
  const given = a.value !== undefined ? [a.value] : (a.values ?? []).map(String);
  const option = a.option === undefined ? undefined : argText(a.option);
  const section = a.section === undefined ? undefined : argText(a.section);
  return (text) => {
    const done = editIni(text ?? '', { ...a, section, option, values: [...new Set(given.map(argText))] });
    return { ...done, result: { msg: done.msg, path: a.path } };
  };
}

/** Sets, adds and removes options and sections of INI files. */
export const iniFile = defineModule({
  name: 'ini_file',
  collection: 'community.general',
  summary: 'Manages settings in INI files.',
  args,
  rules: { mutuallyExclusive: [['value', 'values']] },
  returns: {
    msg: 'OK, or what was changed.',
    path: 'The file.',
    backup_file: 'Path of the copy that was kept.',
  },
  examples: `- community.general.ini_file:
    path: /etc/app.ini
    section: server
    option: port
    value: '8000'
`,
  queries: (a) => editQueries(a),
  plan: (a, answers, info) => {
    if (a.state === 'present' && !a.allow_no_value && a.value === undefined && !a.values?.length)
      return failed("Parameter 'value(s)' must be defined if state=present and allow_no_value=False.");
    const style = {
      absentMsg: `Destination ${a.path} does not exist!`,
      backupField: 'backup_file',
      contentHeader: (p: string) => `${p} (content)`,
    } as const;
    return planEdit(a, answers, info, style, edit(a));
  },
  report: (_, { file }) => pathFields(file),
});
