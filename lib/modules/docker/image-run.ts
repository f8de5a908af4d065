import { path } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { ModuleResult, RunInfo } from '../module.js';
import { StepError, step } from '../steps.js';
import { type Engine, engineOf, objectsOf } from './engine.js';
import { apiPath } from './http.js';
import type { ImageArgs, imageArgs } from './image-args.js';
import { buildImage, isRemote } from './image-build.js';
import { imageName, imagePath, imageText, isImageId } from './image-name.js';
import { lastWords, pullImage } from './pull.js';

type Work = {
  readonly info: RunInfo;
  readonly a: ImageArgs;
  readonly engine: Engine;
  /** The image as docker takes it: its id, or name and tag. */
  readonly name: string;
  readonly actions: string[];
  readonly result: JsonObject;
};

async function onNode(work: Work, at: string): Promise<'file' | 'directory' | 'none'> {
  const [found] = await work.info.node.ask([path(at, { follow: true })], work.info.become);
  if (found?.kind !== 'path' || !found.exists) return 'none';
  return found.type === 'directory' ? 'directory' : 'file';
}

async function load(work: Work): Promise<void> {
  const { a, engine, name, info, actions } = work;
  const at = a.load_path ?? '';
  if ((await onNode(work, at)) !== 'file' && !info.check)
    throw new StepError(`Error loading image ${a.name}. Specified path ${at} does not exist.`);
  actions.push(`Loaded image ${name} from ${at}`);
  if (info.check) return;
  const done = await engine.run(['load', '-i', at]);
  if (done.rc !== 0)
    throw new StepError(`Error loading image ${a.name} - ${lastWords(done)}`, { stdout: done.out });
  info.did(`loaded ${at}`);
  const loaded = [...done.out.matchAll(/^Loaded image(?: ID)?: *(\S+)/gm)].map((m) => m[1]!);
  if (loaded.length === 0)
    throw new StepError('Detected no loaded images. Archive potentially corrupt?', { stdout: done.out });
  if (!loaded.includes(name))
    throw new StepError(
      `The archive did not contain image '${name}'. Instead, found ${loaded.map((l) => `'${l}'`).join(', ')}.`,
      { stdout: done.out },
    );
  if (loaded.length > 1)
    work.result.warnings = [`The archive contained more images than specified: ${loaded.join(', ')}`];
}

async function build(work: Work): Promise<void> {
  const { a, engine, name, info, actions, result } = work;
  const wish = a.build!;
  const local = !isRemote(wish.path);
  if (local && !info.check && (await onNode(work, wish.path)) !== 'directory')
    throw new StepError(`Requested build path ${wish.path} could not be found or you do not have access.`);
  actions.push(`Built image ${name} from ${wish.path}`);
  if (!info.check) result.stdout = await buildImage(engine, wish, name);
  info.did(`built ${name}`);
}

/** Gets the image from where it comes from; tells whether that counts as a change. */
async function obtain(work: Work, found: JsonObject | undefined): Promise<boolean> {
  const { a, engine, name, info, actions, result } = work;
  if (found && !a.force_source) {
    result.image = found;
    return false;
  }
  if (isImageId(a.name) && (a.source === 'build' || a.source === 'pull'))
    throw new StepError(`Image name must not be an image ID for source=${a.source}; got: ${a.name}`);
  if (a.source === 'local') {
    if (!found) throw new StepError(`Cannot find the image ${name} locally.`);
    result.image = found;
    return false;
  }
  if (a.source === 'build') await build(work);
  if (a.source === 'load') await load(work);
  if (a.source === 'pull') {
    actions.push(`Pulled image ${name}`);
    if (!info.check) await pullImage(engine, name, a.pull?.platform);
    info.did(`pulled ${name}`);
  }
  if (info.check) return true;
  const now = await engine.object(imagePath(name));
  result.image = now ?? {};
  return found === undefined || found.Id !== now?.Id;
}

/** Why an archive has to be written; undefined when it holds the image under this one name. */
async function archiveReason(work: Work, at: string, id: string): Promise<string | undefined> {
  if ((await onNode(work, at)) === 'none') return 'since none present';
  const done = await step(work.info, ['tar', '-xOf', at, 'manifest.json']);
  const unreadable = 'overwriting an unreadable archive file';
  if (done.rc !== 0) return unreadable;
  try {
    const manifest = objectsOf(JSON.parse(done.out));
    const config = /([0-9a-f]{64})(?:\.json)?$/.exec(String(manifest[0]?.Config))?.[1];
    const tags = Array.isArray(manifest[0]?.RepoTags) ? manifest[0].RepoTags.map(String) : [];
    if (manifest.length === 1 && `sha256:${config}` === id && tags.length === 1 && tags[0] === work.name)
      return undefined;
    return `overwriting archive with image ${config} named ${tags.join(', ')}`;
  } catch {
    return unreadable;
  }
}

async function archive(work: Work, at: string): Promise<boolean> {
  const { engine, name, info, actions, result } = work;
  const image = await engine.object(imagePath(name));
  if (!image) return false;
  result.image = image;
  const reason = await archiveReason(work, at, String(image.Id));
  if (reason === undefined) return false;
  actions.push(`Archived image ${name} to ${at}, ${reason}`);
  if (info.check) return true;
  const done = await engine.run(['save', '-o', at, '--', name]);
  if (done.rc !== 0) throw new StepError(`Error writing image archive ${at} - ${lastWords(done)}`);
  info.did(`wrote ${at}`);
  return true;
}

async function push(work: Work, name: string): Promise<boolean> {
  const { engine, info, actions, result } = work;
  actions.push(`Pushed image ${name}`);
  if (info.check) return true;
  const done = await engine.run(['push', '--', name]);
  if (done.rc !== 0) {
    const hint = /unauthorized|denied|no basic auth/.test(done.err)
      ? '. Try logging into its registry first.'
      : '';
    throw new StepError(`Error pushing image ${name}: ${lastWords(done)}${hint}`);
  }
  const status = done.out.trim().split('\n').at(-1) ?? '';
  result.image = { ...(await engine.object(imagePath(name))), push_status: status };
  return /^[0-9a-f]+: (?:Pushed|Mounted from)/m.test(done.out);
}

async function tag(work: Work, repository: string): Promise<boolean> {
  const { a, engine, name, info, actions, result } = work;
  const target = imageName(repository, isImageId(a.name) ? 'latest' : imageName(name).tag);
  const other = imageText(target);
  const found = await engine.object(imagePath(other));
  const changed = await (async () => {
    if (found && !a.force_tag) return false;
    actions.push(`Tagged image ${name} to ${other}`);
    if (info.check) return true;
    const request = {
      method: 'POST',
      path: apiPath(`/images/${encodeURI(name)}/tag`, { repo: target.repository, tag: target.tag }),
    };
    await engine.call(request, 'Error: failed to tag image');
    info.did(`tagged ${name} as ${other}`);
    const now = await engine.object(imagePath(other));
    result.image = now ?? {};
    return found?.Id !== now?.Id;
  })();
  const pushed = a.push ? await push(work, other) : false;
  return changed || pushed;
}

async function absent(work: Work, found: JsonObject | undefined): Promise<boolean> {
  const { a, engine, name, info, actions, result } = work;
  if (!found) return false;
  actions.push(`Removed image ${name}`);
  result.image = { state: 'Deleted' };
  if (info.check) return true;
  const request = {
    method: 'DELETE',
    path: apiPath(`/images/${encodeURI(name)}`, { force: a.force_absent }),
  };
  await engine.call(request, `Error removing image ${name}`);
  return true;
}

function checked(a: ImageArgs): void {
  if (a.tag !== '' && !/^[\w][\w.-]{0,127}$/.test(a.tag))
    throw new StepError(`"${a.tag}" is not a valid docker tag!`);
  if (a.repository !== undefined && isImageId(a.repository))
    throw new StepError(`\`repository\` must not be an image ID; got: ${a.repository}`);
  if (a.repository === undefined && a.push && isImageId(a.name))
    throw new StepError(
      `Cannot push an image by ID; specify \`repository\` to tag and push the image with ID ${a.name} instead`,
    );
}

/** Makes an image what a task wants it to be. */
export async function runImage(info: RunInfo<typeof imageArgs>): Promise<ModuleResult> {
  const { args: a } = info;
  checked(a);
  const engine = engineOf(info, a);
  const name = isImageId(a.name) ? a.name : imageText(imageName(a.name, a.tag));
  const work: Work = { info: info as RunInfo, a, engine, name, actions: [], result: { image: {} } };
  const found = await engine.object(imagePath(name));
  const told = (changed: boolean) => ({ changed, actions: work.actions, ...work.result });
  if (a.state === 'absent') return told(await absent(work, found));
  const obtained = await obtain(work, found);
  const archived = a.archive_path === undefined ? false : await archive(work, a.archive_path);
  const spread =
    a.repository !== undefined ? await tag(work, a.repository) : a.push ? await push(work, name) : false;
  return told(obtained || archived || spread);
}
