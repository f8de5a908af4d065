import type { PackageAnswer, ReadAnswer } from '../../node/queries/query.js';
import { patternRegex } from '../shell-pattern.js';
import { type AptWish, aptGetWords } from './apt-get.js';
import { accepts, type PackageSpec, parseSpec, satisfied } from './package-spec.js';

/** What is known before apt is asked: packages in the order of `plainSpecs`, names for patterns, the package file's fields. */
export type AptFacts = {
  readonly packages?: readonly PackageAnswer[];
  readonly installed?: ReadAnswer;
  readonly names?: ReadAnswer;
  readonly deb?: ReadAnswer;
  /** Prints something where dpkg was interrupted. */
  readonly interrupted?: ReadAnswer;
};

/** One call of apt-get. `certain`: it is known to change something, without asking apt. */
export type Call = { readonly words: readonly string[]; readonly certain: boolean };
/** What is to be called, or why nothing can be. `wanted` are the packages that were named, to be marked as such. */
export type Intent = {
  readonly calls: readonly Call[];
  readonly wanted: readonly string[];
  readonly missing: readonly PackageSpec[];
  readonly error?: string;
};

const NOTHING: Intent = { calls: [], wanted: [], missing: [] };

/** Whether dpkg was interrupted, so that apt-get refuses to work. */
export function wasInterrupted({ interrupted }: AptFacts): boolean {
  return (interrupted?.stdout.length ?? 0) > 0;
}

/** The entries of `name` without `*`, which means all packages, and without blanks around them. */
export function specs(wish: AptWish): PackageSpec[] {
  return (wish.name ?? [])
    .map((n) => n.trim())
    .filter((n) => n !== '*' && n !== '')
    .map(parseSpec);
}

/** The entries that name one package each. */
export function plainSpecs(wish: AptWish): PackageSpec[] {
  return specs(wish).filter((s) => !s.pattern);
}

function matching(spec: PackageSpec, list: ReadAnswer | undefined): string[] {
  const regex = patternRegex(spec.name);
  const names = list?.stdout.toString('utf8').split('\n') ?? [];
  return names.filter((n) => n !== '' && regex.test(n));
}

/** The word for apt-get: an exact version where one is known to be wanted. */
function word(spec: PackageSpec, answer: PackageAnswer | undefined): string {
  if (spec.operator === '>=') return spec.name;
  const candidate = answer?.candidate;
  return spec.text === spec.name && candidate !== undefined && answer?.installed
    ? `${spec.name}=${candidate}`
    : spec.text;
}

function newer(spec: PackageSpec, answer: PackageAnswer): boolean {
  const { candidate } = answer;
  return candidate !== undefined && candidate !== answer.version && accepts(spec, candidate);
}

function install(wish: AptWish, facts: AptFacts): Intent {
  const plain = plainSpecs(wish).map((spec, i) => ({ spec, answer: facts.packages?.[i] }));
  const latest = wish.state === 'latest';
  const absent = plain.filter(({ spec, answer }) => !answer || !satisfied(spec, answer));
  const due = absent.filter(({ answer }) => answer?.installed || !wish.only_upgrade);
  const old = latest
    ? plain.filter((p) => !absent.includes(p) && p.answer?.installed && newer(p.spec, p.answer))
    : [];
  const installed = new Set(facts.installed?.stdout.toString('utf8').split('\n'));
  const words = [...due, ...old].map(({ spec, answer }) => word(spec, latest ? answer : undefined));
  for (const spec of specs(wish).filter((s) => s.pattern)) {
    const matches = matching(spec, facts.names);
    if (matches.length === 0) return { ...NOTHING, error: `No package(s) matching '${spec.name}' available` };
    words.push(...matches.filter((m) => !installed.has(m) && !wish.only_upgrade));
  }
  const wanted = plain.map((p) => p.spec.name);
  const missing = due.map((p) => p.spec);
  // Which version -t prefers, only apt itself can tell.
  const uncertain = latest && wish.default_release !== undefined ? wanted : [];
  const all = [...new Set([...words, ...uncertain])];
  if (all.length === 0) return { ...NOTHING, wanted };
  const call = { words: aptGetWords(wish, ['install'], all), certain: words.length > 0 };
  return { calls: [call], wanted, missing };
}

function remove(wish: AptWish, facts: AptFacts): Intent {
  const plain = plainSpecs(wish).filter((spec, i) => {
    const answer = facts.packages?.[i];
    if (answer?.installed) return accepts(spec, answer.version);
    return wish.purge && /config-files/.test(answer?.status ?? '');
  });
  const found = specs(wish).flatMap((s) => (s.pattern ? matching(s, facts.installed) : []));
  const words = [...plain.map((s) => s.name), ...found];
  if (words.length === 0) return NOTHING;
  return { ...NOTHING, calls: [{ words: aptGetWords(wish, ['remove'], words), certain: true }] };
}

function packageFile(wish: AptWish, answer: ReadAnswer | undefined): Intent {
  if (wish.state !== 'present') return { ...NOTHING, error: 'deb only supports state=present' };
  if (answer?.rc !== 0)
    return {
      ...NOTHING,
      error: `Unable to install package: ${answer?.stderr.toString('utf8').trim() ?? ''}`,
    };
  const [wanted, now] = answer.stdout.toString('utf8').split('\n');
  if (wanted === now) return NOTHING;
  return { ...NOTHING, calls: [{ words: aptGetWords(wish, ['install'], [wish.deb ?? '']), certain: true }] };
}

function upgradeWords(mode: AptWish['upgrade']): string[] {
  return mode === 'dist' || mode === 'full' ? ['dist-upgrade'] : ['upgrade', '--with-new-pkgs'];
}

/** Decides which calls of apt-get the task comes to; the first that applies in Ansible's own order. */
export function intent(wish: AptWish, facts: AptFacts): Intent {
  const certain = wasInterrupted(facts);
  const ask = (operation: string[], packages: string[] = []): Intent => ({
    ...NOTHING,
    calls: [{ words: aptGetWords(wish, operation, packages), certain }],
  });
  const named = specs(wish);
  const everything = wish.name?.some((n) => n.trim() === '*') && wish.state === 'latest';
  if (wish.upgrade !== 'no') return ask(upgradeWords(wish.upgrade));
  if (wish.deb !== undefined) return packageFile(wish, facts.deb);
  if (everything && named.length > 0)
    return {
      ...NOTHING,
      error: 'unable to install additional packages when upgrading all installed packages',
    };
  if (everything) return ask(upgradeWords('yes'));
  const wrong = named.find((s) => s.text.split('=').length > 2);
  if (wrong) return { ...NOTHING, error: `invalid package spec: ${wrong.text}` };
  if (named.length === 0) return housekeeping(wish, ask);
  if (wish.state === 'absent') return remove(wish, facts);
  if (wish.state === 'build-dep' || wish.state === 'fixed') {
    const operation = wish.state === 'fixed' ? 'install' : 'build-dep';
    return ask(
      [operation],
      named.map((s) => s.text),
    );
  }
  return install(wish, facts);
}

function housekeeping(wish: AptWish, ask: (operation: string[]) => Intent): Intent {
  if (wish.state === 'fixed') return ask(['install']);
  const calls = [
    ...(wish.autoclean ? ask(['autoclean']).calls : []),
    ...(wish.autoremove ? ask(['autoremove']).calls : []),
  ];
  return { ...NOTHING, calls };
}
