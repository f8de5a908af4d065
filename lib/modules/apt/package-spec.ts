import type { PackageAnswer } from '../../node/queries/query.js';
import { patternRegex } from '../shell-pattern.js';
import { compareVersions } from './debian-version.js';

/** One entry of `name`, taken apart. `pattern`: the name holds wildcards. */
export type PackageSpec = {
  readonly text: string;
  readonly name: string;
  readonly operator?: '=' | '>=';
  readonly version?: string;
  readonly release?: string;
  readonly pattern: boolean;
};

/** Takes a package specification apart: NAME, NAME=VERSION, NAME>=VERSION, NAME/RELEASE. */
export function parseSpec(text: string): PackageSpec {
  const [, name = '', operator, version] = /^(.*?)(?:(>?=)(.*))?$/s.exec(text) ?? [];
  const [plain = '', release] = name.split('/', 2);
  return {
    text,
    name: plain,
    operator: operator as PackageSpec['operator'],
    version,
    release,
    pattern: /[*?[\]!]/.test(plain),
  };
}

/** Whether a version is one that the specification accepts. */
export function accepts(spec: PackageSpec, version: string): boolean {
  if (spec.version === undefined) return true;
  return spec.operator === '='
    ? patternRegex(spec.version).test(version)
    : compareVersions(version, spec.version) >= 0;
}

/** Whether the wanted package (or an installed provider of a virtual one) is there in an accepted version. */
export function satisfied(spec: PackageSpec, answer: PackageAnswer): boolean {
  if (answer.installed) return accepts(spec, answer.version);
  return spec.version === undefined && (answer.providers?.length ?? 0) > 0;
}
