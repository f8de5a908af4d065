import { path } from '../node/queries/query.js';
import type { JsonObject } from '../values/json.js';
import { CsvError, DIALECTS, type Dialect, readRows } from './csv/read-rows.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { failed, ok } from './plan.js';

/** Files above this many bytes are not for a variable. */
const LIMIT = 64 << 20;

/** A row by the names of its fields: those that are missing are null, those beyond stand together under null. */
function named(names: readonly string[], row: readonly string[]): JsonObject {
  const beyond = row.slice(names.length);
  return {
    ...Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])),
    ...(beyond.length > 0 && { null: beyond }),
  };
}

/** Reads files of comma-separated values. */
export const readCsv = defineModule({
  name: 'read_csv',
  collection: 'community.general',
  summary: 'Reads a CSV file of the node into lists and dicts.',
  tells: true,
  args: {
    path: { type: 'path', required: true, aliases: ['filename'], doc: 'The file.' },
    dialect: { type: 'str', default: 'excel', doc: 'How it is written: excel, excel-tab or unix.' },
    key: { type: 'str', doc: 'The field whose values are the keys of the dict.' },
    fieldnames: { type: 'list', elements: 'str', doc: 'The names of the fields, where no line has them.' },
    unique: { type: 'bool', default: true, doc: 'Fail when two rows have the same key.' },
    delimiter: { type: 'str', doc: 'What stands between fields, one character.' },
    skipinitialspace: { type: 'bool', doc: 'Leave out spaces at the beginning of fields.' },
    strict: { type: 'bool', doc: 'Fail at what is no proper CSV.' },
  },
  returns: { dict: 'the rows by their keys, with key', list: 'the rows in order, without key' },
  examples: `
- name: Who has accounts
  community.general.read_csv:
    path: /etc/accounts.csv
    key: name
  register: accounts
`,
  queries: (a) => ({ file: path(a.path, { follow: true, content: true, limit: LIMIT }) }),
  plan: (a, { file }, info) => {
    const known = DIALECTS[a.dialect];
    if (!known) return failed(`Dialect '${a.dialect}' is not supported by your version of python.`);
    if (a.delimiter !== undefined && a.delimiter.length !== 1)
      return failed('Unable to create custom dialect: "delimiter" must be a 1-character string');
    if (!file.exists && mayComeLater(info))
      return ok('an earlier task may make the file', { dict: {}, list: [] });
    if (!file.exists || file.content === undefined)
      return failed(
        `Unable to open file: ${a.path}: ${file.error ?? 'there is no such file, or it is too large'}`,
      );
    const { delimiter = known.delimiter, skipinitialspace = false, strict = false } = a;
    const dialect: Dialect = { delimiter, skipinitialspace, strict };
    try {
      const text = Buffer.from(file.content)
        .toString('utf8')
        .replace(/^\ufeff/, '');
      const all = readRows(text, dialect);
      const [names = [], ...lines] = a.fieldnames ? [a.fieldnames, ...all] : all;
      const rows = lines.filter((row) => row.length > 0).map((row) => named(names, row));
      const { key } = a;
      if (key === undefined) return ok('the file was read', { dict: {}, list: rows });
      if (!names.includes(key))
        return failed(`Key '${key}' was not found in the CSV header fields: ${names.join(', ')}`);
      const keys = rows.map((row) => String(row[key] ?? 'null'));
      const twice = keys.find((value, i) => keys.indexOf(value) !== i);
      if (a.unique && twice !== undefined) return failed(`Key '${key}' is not unique for value '${twice}'`);
      const dict = Object.fromEntries(rows.map((row, i) => [keys[i]!, row]));
      return ok('the file was read', { dict, list: [] });
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      return failed(`Unable to process file: ${error.message}`);
    }
  },
});
