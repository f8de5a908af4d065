import type { Json, JsonObject } from '../../values/json.js';
import type { ModuleResult } from '../module.js';

/** What a program left: its exit code and what it printed. */
export type Printed = { readonly rc: number; readonly stdout: string; readonly stderr: string };

const FAILURE = 'MODULE FAILURE';
const NO_INTERPRETER = 'The module failed to execute correctly, you probably need to set the interpreter.';

/** The lines from the first that begins a JSON object to the last that ends one, and those behind (core 2.14, json_utils). */
function jsonLines(
  stdout: string,
): { readonly json: string; readonly behind: readonly string[] } | undefined {
  const lines = stdout.split(/\r\n|[\n\r]/);
  const start = lines.findIndex((line) => line.trim().startsWith('{'));
  const end = lines.findLastIndex((line) => line.trim().endsWith('}'));
  if (start === -1 || end < start) return undefined;
  return { json: lines.slice(start, end + 1).join('\n'), behind: lines.slice(end + 1) };
}

function parsed(json: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(json);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** A value without the fields that are Ansible's own affair, at any depth. */
function withoutInternal(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => withoutInternal(item) ?? null);
  return typeof value === 'object' && value !== null ? ownFields(value) : value;
}

function ownFields(fields: JsonObject): JsonObject {
  const kept = Object.entries(fields).filter(([name]) => !name.startsWith('_ansible_'));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutInternal(value)]));
}

/** The fields of a result; what is no list must not pass for the results of a loop. */
function resultFields(fields: JsonObject): JsonObject {
  const { results, ...own } = ownFields(fields);
  if (results === undefined) return own;
  return Array.isArray(results) ? { ...own, results } : { ...own, ansible_module_results: results };
}

function failure({ rc, stdout, stderr }: Printed, interpreter: string | undefined): ModuleResult {
  const both = `${stdout}\n${stderr}`;
  const lost =
    interpreter !== undefined &&
    ['No such file or directory', 'not found'].some((words) => both.includes(`${interpreter}: ${words}`));
  const trace = [stderr, stdout].find((text) => text.startsWith('Traceback'));
  return {
    ...{ failed: true, module_stdout: stdout, module_stderr: stderr },
    ...(trace !== undefined && { exception: trace }),
    ...{ msg: `${lost ? NO_INTERPRETER : FAILURE}\nSee stdout/stderr for the exact error`, rc },
  };
}

/** The result that a program printed as JSON, between other lines or alone; without one it has failed. */
export function resultOf(printed: Printed, interpreter?: string): ModuleResult {
  const found = jsonLines(printed.stdout);
  const fields = found && parsed(found.json);
  if (!found || !fields) return failure(printed, interpreter);
  const own = resultFields(fields);
  const behind = found.behind.filter((line) => line.trim() !== '');
  if (behind.length > 0) {
    const warning = `Module invocation had junk after the JSON data: ${found.behind.join('\n').trimEnd()}`;
    own.warnings = [...(Array.isArray(own.warnings) ? own.warnings : []), warning];
  }
  const { rc } = own;
  if (own.failed === undefined && rc !== undefined && rc !== 0 && rc !== '0') own.failed = true;
  return own as ModuleResult;
}
