import { network } from './hba-network.js';

/** The kinds of connections that a rule can name. */
export const CONTYPES = ['local', 'host', 'hostnossl', 'hostssl', 'hostgssenc', 'hostnogssenc'] as const;
/** The ways to prove who one is that a rule can name. */
export const METHODS = [
  ...['cert', 'gss', 'ident', 'krb5', 'ldap', 'md5', 'pam', 'password', 'peer'],
  ...['radius', 'reject', 'scram-sha-256', 'sspi', 'trust'],
] as const;

/** The columns of a rule, in order; `comment` stands behind it. */
export type Rule = {
  readonly type: string;
  readonly db: string;
  readonly usr: string;
  readonly src?: string;
  readonly mask?: string;
  readonly method: string;
  readonly options?: string;
  readonly comment?: string;
};

const COLUMNS = ['type', 'db', 'usr', 'src', 'mask', 'method', 'options'] as const;
const words = (list: readonly string[]) => list.join("', '");

/** A rule with an address that is whole, or the words for what is wrong. */
export function checkedRule(rule: Rule): Rule | { readonly failed: string } {
  if (!(METHODS as readonly string[]).includes(rule.method))
    return { failed: `invalid method ${rule.method} (should be one of '${words(METHODS)}').` };
  if (!(CONTYPES as readonly string[]).includes(rule.type))
    return { failed: `invalid connection type ${rule.type} (should be one of '${words(CONTYPES)}').` };
  const { src, mask, ...rest } = rule;
  if (rule.type === 'local') return rest;
  if (!src) return { failed: `Missing src in rule ${ruleLine(rule)}` };
  if (src.includes('/')) return { ...rest, src };
  if (mask !== undefined && !network(src, mask)) return { failed: `Mask ${mask} of "${src}" is not valid` };
  return { ...rest, src: network(src, mask)?.text ?? src };
}

/** Columns of a line, quoted ones whole. */
function columnsOf(line: string): string[] {
  return line.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
}

/** The rule of a line without its comment. */
export function parseRule(line: string, comment?: string): Rule | { readonly failed: string } {
  const [type = '', db = '', usr = '', ...more] = columnsOf(line);
  const local = type === 'local';
  const at = local ? 0 : (METHODS as readonly string[]).includes(more[1] ?? '') ? 1 : 2;
  const method = more[at];
  if (!(CONTYPES as readonly string[]).includes(type))
    return { failed: `Rule ${line} has unknown type: ${type}.` };
  if (method === undefined) return { failed: `Rule ${line} has too few columns.` };
  const options = more.slice(at + 1).join(' ');
  return checkedRule({
    ...{ type, db, usr, method },
    ...(local ? {} : { src: more[0] }),
    ...(at === 2 ? { mask: more[1] } : {}),
    ...(options ? { options } : {}),
    ...(comment === undefined ? {} : { comment }),
  });
}

/** The line of a rule, its columns with tabs between them. */
export function ruleLine(rule: Rule): string {
  const given = COLUMNS.map((name) => rule[name]).filter((value) => value !== undefined && value !== '');
  return given.join('\t');
}

/** What two rules have in common when the later stands in the place of the earlier. */
export function ruleKey(rule: Rule): string {
  const source = rule.type === 'local' ? 'local' : (network(rule.src ?? '')?.text ?? rule.src ?? '');
  return JSON.stringify([source, rule.db, rule.usr]);
}

/** How narrow a source is: addresses of both kinds on the scale of IPv6. */
function sourceWeight(rule: Rule): number {
  const src = rule.src ?? '';
  if (rule.type === 'local') return 130;
  const found = network(src);
  if (found) return found.version === 4 ? found.prefix * 4 : found.prefix;
  const known: Record<string, number> = { all: 0, samehost: 129, samenet: 96 };
  return known[src] ?? (src.startsWith('.') ? 64 : 128);
}

function dbWeight(db: string): number {
  const known: Record<string, number> = { all: 100000, replication: 0, samerole: 1, samegroup: 1 };
  return known[db] ?? db.split(',').length;
}

/** The order of rules: narrow sources first, then few databases, then named users. */
export function compareRules(a: Rule, b: Rule): number {
  const user = (rule: Rule) => (rule.usr === 'all' ? 1000000 : 1);
  const weights = sourceWeight(b) - sourceWeight(a) || dbWeight(a.db) - dbWeight(b.db) || user(a) - user(b);
  if (weights !== 0) return weights;
  const [left, right] =
    a.src !== undefined && b.src !== undefined ? [a.src, b.src] : [ruleLine(a), ruleLine(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
