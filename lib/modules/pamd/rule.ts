/** A rule of a PAM service, as pam.conf(5) has them; `control` in brackets has single spaces and none around `=`. */
export type Rule = {
  readonly type: string;
  readonly control: string;
  readonly module: string;
  readonly args: readonly string[];
};

/** A line of a service's file: `rule` is absent for comments, empty lines and includes. */
export type Line = { readonly text: string; readonly rule?: Rule };

/** A file or an argument that PAM would not take. */
export class PamError extends Error {}

/** The types of rules; a dash keeps PAM silent about a module that is not there. */
export const TYPES = [
  'account',
  '-account',
  'auth',
  '-auth',
  'password',
  '-password',
  'session',
  '-session',
] as const;

const CONTROLS = new Set('required requisite sufficient optional include substack definitive'.split(' '));
const ACTIONS = new Set('ignore bad die ok done reset'.split(' '));
const RETURNS = new Set(
  `success open_err symbol_err service_err system_err buf_err perm_denied auth_err cred_insufficient authinfo_unavail
user_unknown maxtries new_authtok_reqd acct_expired session_err cred_unavail cred_expired cred_err no_module_data conv_err
authtok_err authtok_recover_err authtok_lock_busy authtok_disable_aging try_again ignore abort authtok_expired
module_unknown bad_item conv_again incomplete default`.split(/\s+/),
);

/** A control with everything that means nothing taken out. */
export function plainControl(control: string): string {
  if (!control.startsWith('[')) return control;
  const words = control
    .replace(/[[\]]/g, '')
    .replace(/\s*=\s*/g, '=')
    .trim();
  return `[${words.split(/\s+/).join(' ')}]`;
}

/** The arguments of a module, each a word or something in brackets. */
export function splitArgs(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.match(/\[.*\]|\S+/g) ?? []);
}

/** Why a control cannot be; undefined when it can. */
function wrongControl(control: string): string | undefined {
  if (!control.startsWith('['))
    return CONTROLS.has(control) ? undefined : `Rule control, ${control}, is not valid`;
  for (const pair of control.slice(1, -1).split(' ')) {
    const [value = '', action = ''] = pair.split('=');
    if (!RETURNS.has(value)) return `Rule control value, ${value}, is not valid`;
    if (!ACTIONS.has(action) && !/^\d+$/.test(action)) return `Rule control action, ${action}, is not valid`;
  }
  return undefined;
}

/** The line of a rule. Throws a PamError for one with a wrong control. */
export function lineOf(rule: Rule): Line {
  const text = [`${rule.type.padEnd(11)}${rule.control}`, rule.module, ...rule.args].join(' ');
  const wrong = wrongControl(rule.control);
  if (wrong !== undefined) throw new PamError(`${wrong} in rule ${text}`);
  return { text, rule };
}

/** One line of a service's file. Throws a PamError for what is no rule. */
function readLine(text: string): Line {
  if (/^\s*(?:#|@include|$)/.test(text)) return { text };
  const [, type, control, module, args] =
    /^\s*(-?(?:auth|account|session|password))\s+(\[.*?\]|\S+)\s+(\S+)\s*(.*?)\s*$/.exec(text) ?? [];
  if (type === undefined) throw new PamError(`Rule is not valid ${text}`);
  const rule = { type, control: plainControl(control!), module: module!, args: splitArgs([args!]) };
  lineOf(rule);
  return { text, rule };
}

/** The lines of a service's file. Throws a PamError. */
export function readService(text: string): Line[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map(readLine);
}
