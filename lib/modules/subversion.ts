import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';
import { StepError, step, stepping } from './steps.js';
import { hasLocalChanges, revisionLine, revisionOf, type Svn, svnOf, touched } from './subversion/svn.js';

const args = {
  repo: { type: 'str', required: true, aliases: ['name', 'repository'], doc: 'The URL of the repository.' },
  dest: { type: 'path', doc: 'The folder that it is put into.' },
  revision: { type: 'str', default: 'HEAD', aliases: ['rev', 'version'], doc: 'The revision.' },
  force: { type: 'bool', default: false, doc: 'Changes that were made here go away.' },
  in_place: { type: 'bool', default: false, doc: 'A folder that is no working copy becomes one.' },
  username: { type: 'str', doc: 'Who logs in.' },
  password: { type: 'str', noLog: true, doc: 'Its password.' },
  executable: { type: 'path', doc: 'The program, where it is not svn.' },
  checkout: { type: 'bool', default: true, doc: 'Make the working copy.' },
  update: { type: 'bool', default: true, doc: 'Bring it up to date.' },
  export: { type: 'bool', default: false, doc: 'Files without a working copy, each time.' },
  switch: { type: 'bool', default: true, doc: 'It may come to another URL.' },
  validate_certs: { type: 'bool', default: false, doc: 'The certificate of the server must be right.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;
type Work = {
  readonly info: RunInfo<typeof args>;
  readonly a: Args;
  readonly svn: Svn;
  readonly dest: string;
};

const LOCAL = 'ERROR: modified files exist in the repository.';

const numberOf = (line: string): number => Number(line.split(':')[1]);

async function fresh({ info, a, svn, dest }: Work): Promise<ModuleResult> {
  if (info.check) return { changed: true };
  if (!a.export && !a.checkout) return { changed: false };
  const force = a.export && a.force ? ['--force'] : [];
  await svn([a.export ? 'export' : 'checkout', ...force, '-r', a.revision, a.repo, dest]);
  if (a.export) return { changed: true };
  return { changed: true, before: null, after: await revisionOf(svn, dest) };
}

async function foreseen({ a, svn, dest }: Work): Promise<ModuleResult> {
  if ((await hasLocalChanges(svn, dest)) && !a.force) throw new StepError(LOCAL);
  const [before] = await revisionOf(svn, dest);
  const after = revisionLine((await svn(['info', '-r', a.revision, dest])).out) ?? 'Unable to get revision';
  return { changed: numberOf(before) < numberOf(after), before, after };
}

/** Its own changes are looked for before it comes to another URL, and go away behind that. */
async function updated({ a, svn, dest }: Work): Promise<ModuleResult> {
  const before = await revisionOf(svn, dest);
  const local = await hasLocalChanges(svn, dest);
  if (local && !a.force) throw new StepError(LOCAL);
  const switched = a.switch && touched(await svn(['switch', '--revision', a.revision, a.repo, dest]));
  if (local) await svn(['revert', '-R', dest]);
  const news = touched(await svn(['update', '-r', a.revision, dest]));
  return { changed: switched || local || news, before, after: await revisionOf(svn, dest) };
}

async function adopted({ info, a, svn, dest }: Work): Promise<ModuleResult> {
  if (info.check) return { changed: true };
  await svn(['checkout', '--force', '-r', a.revision, a.repo, dest]);
  if (a.force && (await hasLocalChanges(svn, dest))) await svn(['revert', '-R', dest]);
  return { changed: true, before: null, after: await revisionOf(svn, dest) };
}

async function run(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const { args: a } = info;
  if (!a.dest && (a.checkout || a.update || a.export))
    throw new StepError(
      'the destination directory must be specified unless checkout=no, update=no, and export=no',
    );
  const svn = await svnOf(info, a);
  if (!a.export && !a.update && !a.checkout) {
    const after = revisionLine((await svn(['info', a.repo])).out);
    return { changed: false, after: after ?? 'Unable to get remote revision' };
  }
  const work = { info, a, svn, dest: a.dest! };
  const there = await step(info, ['test', '-e', work.dest]);
  if (a.export || there.rc !== 0) return fresh(work);
  if ((await svn(['info', work.dest], false)).rc === 0) {
    if (!a.update) return { changed: false };
    return info.check ? foreseen(work) : updated(work);
  }
  if (a.in_place) return adopted(work);
  throw new StepError(`ERROR: ${work.dest} folder already exists, but its not a subversion repository.`);
}

/** Checks out, updates and exports repositories of Subversion. */
export const subversion = defineModule({
  name: 'subversion',
  summary: 'Checks out, updates and exports repositories of Subversion.',
  args,
  returns: { before: 'revision and URL before', after: 'revision and URL now' },
  examples: `
- name: The application, as it was released
  subversion:
    repo: https://svn.example.org/app/tags/1.4
    dest: /srv/app
`,
  check: 'handled',
  run: (info) => stepping(() => run(info)),
});
