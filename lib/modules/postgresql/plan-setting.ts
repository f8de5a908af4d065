import type { ReadAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { PlanInfo } from '../module.js';
import { failed, ok, type Plan } from '../plan.js';
import { textOf, told } from './asked.js';
import type { Login } from './login.js';
import { literal, qualified } from './sql.js';
import { distrusted, planStatements } from './statements.js';

type Args = Login & {
  readonly db?: string;
  readonly trust_input: boolean;
  readonly name: string;
  readonly value?: string;
  readonly reset: boolean;
};

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };

/** The selects about a parameter. What ALTER SYSTEM has written is read where it may be. */
export function settingSelects(name: string): { setting: string; written: string } {
  const file = `query_to_xml(format('SELECT setting AS p FROM pg_file_settings WHERE name = %L AND sourcefile LIKE ''%%postgresql.auto.conf''', ${literal(name)}), false, false, '')::text`;
  return {
    setting: `SELECT setting, unit, context, boot_val, current_setting(name) AS pretty FROM pg_settings WHERE name = ${literal(name)}`,
    written: `SELECT CASE WHEN has_table_privilege('pg_file_settings', 'SELECT') THEN substring(${file} FROM '<p>(.*)</p>') END AS value`,
  };
}

/** A size in bytes when it has such a unit, a number when it is one, else the text. */
function comparable(text: string): string | number {
  const [, digits, unit] = /^(\d+)([kMGT]?B)$/.exec(text) ?? [];
  if (digits !== undefined) return Number(digits) * UNITS[unit!]!;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function normal(value: string): string {
  if (/^\d+([mgt]b|b)$/.test(value)) return value.toUpperCase();
  return value === 'True' ? 'on' : value === 'False' ? 'off' : value;
}

/** A setting's raw value: sizes in bytes. */
function raw(row: JsonObject): JsonObject {
  const factor = UNITS[textOf(row.unit)];
  if (factor === undefined) return { value: row.setting ?? null, unit: row.unit ?? null };
  return { value: Number(row.setting) > 0 ? Number(row.setting) * factor : textOf(row.setting), unit: 'b' };
}

function unescaped(xml: string): string {
  return xml.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/** The value as ALTER SYSTEM takes it: a list has quotes around each element. */
function valueSql(name: string, value: string): string {
  if (value.toLowerCase() === 'default') return 'DEFAULT';
  if (!value.includes(',') || /_(?:command|prefix)$/.test(name)) return literal(value).trim();
  return value
    .split(',')
    .map((v) => literal(v.trim()).trim())
    .join(',');
}

/** The fields of a result that tell what the parameter is now. */
export function settingFields(row: JsonObject): JsonObject {
  return { value_pretty: row.pretty ?? '', value: raw(row) };
}

/** A wished size in the parameter's own unit, so that it reads as the server's settings do. */
function sized(value: string, row: JsonObject): string {
  const factor = UNITS[textOf(row.unit)];
  const bytes = comparable(value);
  return factor !== undefined && typeof bytes === 'number' && /B$/.test(value)
    ? String(bytes / factor)
    : value;
}

/** Whether the parameter, or what is written for the next start, is as wished. */
function settled(value: string, row: JsonObject, written: string | undefined): boolean {
  if (value.toLowerCase() === 'default') return written === undefined;
  const plain = (text: string) => comparable(text.replace(/[\s']/g, ''));
  const same = (text: string) => text === value || plain(text) === plain(value);
  return (
    same(textOf(row.pretty)) ||
    same(textOf(row.setting)) ||
    (written !== undefined && same(unescaped(written)))
  );
}

/** What has to be done for a parameter of the server to be as wished. */
export function planSetting(a: Args, now: ReadAnswer, info: PlanInfo): Plan {
  const refused = distrusted(a, [a.name, a.value]);
  if (refused) return refused;
  if (a.value !== undefined && a.reset)
    return failed(`${a.name}: value and reset params are mutually exclusive`);
  if (a.value === undefined && !a.reset)
    return failed(`${a.name}: at least one of value or reset param must be specified`);
  const { rows, plan } = told<'setting' | 'written'>(now, info);
  if (!rows) return plan;
  const row = rows.setting[0];
  if (!row)
    return failed(
      `No such parameter: ${a.name}. Please check its spelling or presence in your PostgreSQL version`,
    );
  if (row.context === 'internal') return failed(`${a.name}: cannot be changed (internal context)`);
  const restart_required = row.context === 'postmaster';
  const value = a.reset ? textOf(row.boot_val) : normal(a.value!);
  const base = {
    name: a.name,
    context: row.context ?? '',
    restart_required,
    prev_val_pretty: row.pretty ?? '',
  };
  const written = rows.written[0]?.value;
  if (settled(value, row, typeof written === 'string' ? written : undefined))
    return ok('the parameter is as wished', { ...base, ...settingFields(row) });
  const set = `ALTER SYSTEM SET ${qualified(a.name)} = ${valueSql(a.name, value)}`;
  const warnings = restart_required ? [`Restart of PostgreSQL is required for setting ${a.name}`] : [];
  return planStatements({
    login: a,
    db: a.db,
    statements: [set, ...(restart_required ? [] : ['SELECT pg_reload_conf()'])],
    single: true,
    reason: 'another value',
    failure: `Unable to set ${a.name} due to : `,
    fields: () => ({
      ...base,
      value_pretty: value,
      value: raw({ ...row, setting: sized(value, row) }),
      ...(warnings.length ? { warnings } : {}),
    }),
  });
}
