import { StepError } from '../steps.js';
import type { PipArgs } from './pip-args.js';

const OPERATOR = /^\s*(?:>=|<=|>|<|==|!=|~=)/;
const VERSIONED = /[<>=!~]=?/;
const VCS = /^(?:svn|git|hg|bzr)\+/;

/** Whether a name is the URL of a repository. */
export const isVcsUrl = (name: string): boolean => VCS.test(name);

/** Names put together again that were cut at their commas: `a>1`, `<2` is `a>1,<2`; a comma within brackets is no end. */
export function joinedNames(names: readonly string[]): string[] {
  const out: string[] = [];
  const open = { brackets: false };
  for (const part of names.flatMap((name) => name.split(','))) {
    if (out.length === 0 || !(open.brackets || OPERATOR.test(part))) out.push(part);
    else out[out.length - 1] += `,${part}`;
    if (part.includes('[')) open.brackets = true;
    if (open.brackets && part.includes(']')) open.brackets = false;
  }
  return out.map((name) => name.trim());
}

/** The packages as pip gets them, `version` added; a StepError where that is ambiguous. */
export function packagesOf(a: Pick<PipArgs, 'name' | 'version'>): string[] {
  const names = joinedNames((a.name ?? []).map(String));
  const { version } = a;
  if (version === undefined || names.length === 0) return names;
  if (names.length > 1)
    throw new StepError(
      "'version' argument is ambiguous when installing multiple package distributions. Please specify version restrictions next to each package in 'name' argument.",
    );
  if (VERSIONED.test(names[0]!))
    throw new StepError(
      "The 'version' argument conflicts with any version specifier provided along with a package name. Please keep the version specifier, but remove the 'version' argument.",
    );
  return [`${names[0]}${/^\d/.test(version) ? '==' : ''}${version}`];
}
