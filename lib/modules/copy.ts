import { dirname } from 'node:path/posix';
import { type PathAnswer, path } from '../node/queries/query.js';
import { type CopyArgs, copyArgs, hasSrc, type WithSrc } from './copy/arguments.js';
import { fromContent, fromEntry, nameOf, planFolder, planOne, treeAsks } from './copy/from-controller.js';
import { type NodeAnswers, nodeAsks, nodeTreeAsks, planFromNode } from './copy/from-node.js';
import { morePlaceAsks, type PlaceAnswers, placeAsks, placeOf } from './file-place.js';
import { foldersAbove } from './folders.js';
import { defineModule, type PlanInfo } from './module.js';
import { failed, type Plan } from './plan.js';
import { type TreeSourceAnswer, treeSource } from './source.js';
import { placeReport } from './write-file.js';

type Answers = PlaceAnswers &
  NodeAnswers & { readonly source?: TreeSourceAnswer; readonly found?: readonly PathAnswer[] };

function isFolder(answers: Answers): boolean {
  const { source, remote } = answers;
  if (remote) return remote.exists && remote.type === 'directory';
  return source?.found === true && source.entries[0]?.type === 'directory';
}

/** What is asked once src is known: the places of a tree's parts, or what a single file still needs. */
function moreAsks(a: CopyArgs, answers: Answers, info: PlanInfo) {
  if (hasSrc(a) && isFolder(answers)) {
    if (answers.remote) return nodeTreeAsks(a, answers.remote);
    return answers.source && treeAsks(a, answers.source, info);
  }
  const lacking = a.dest.endsWith('/') && !answers.parent?.exists;
  const above = lacking
    ? foldersAbove(dirname(`${a.dest}x`)).map((p) => path(p, { follow: true }))
    : undefined;
  const inside = morePlaceAsks(a.dest, nameOf(a), answers, a, info);
  return above || inside ? { ...inside, above } : undefined;
}

function planSrc(a: WithSrc, answers: Answers, info: PlanInfo): Plan {
  if (a.remote_src) return planFromNode(a, nameOf(a), answers, info);
  const { source } = answers;
  if (!source?.found) return failed(source?.msg ?? `could not find src=${a.src}`);
  if (isFolder(answers)) return planFolder(a, source, answers, info);
  const fresh = fromEntry(source);
  return typeof fresh === 'string' ? failed(fresh) : planOne(a, nameOf(a), answers, fresh, info);
}

function plan(a: CopyArgs, answers: Answers, info: PlanInfo): Plan {
  if (hasSrc(a)) return planSrc(a, answers, info);
  if (a.content === undefined) return failed('src (or content) is required');
  const { file } = answers;
  if (a.dest.endsWith('/') || (file?.exists && file.type === 'directory'))
    return failed('can not use content with a dir as dest');
  return planOne(a, nameOf(a), answers, fromContent(a), info);
}

/** Copies files and folders to the node. */
export const copy = defineModule({
  name: 'copy',
  summary: 'Copy files to nodes.',
  args: copyArgs,
  rules: { mutuallyExclusive: [['src', 'content']], requiredOneOf: [['src', 'content']] },
  words: {
    'one of the following is required: src, content': 'src (or content) is required',
    'missing required arguments: dest': 'dest is required',
    'parameters are mutually exclusive: src|content': 'src and content are mutually exclusive',
  },
  returns: {
    md5sum: 'md5 of the content',
    uid: 'number of the owner',
    gid: 'number of the group',
    owner: 'name of the owner',
    group: 'name of the group',
    size: 'bytes',
    state: 'what is there',
    dest: 'The file or folder that was written.',
    src: 'Where it came from; for content, a file that is no longer there.',
    checksum: 'sha1 of the file, with md5sum when it was written.',
    backup_file: 'Path of the copy that was kept.',
    mode: 'Permissions in octal, with uid, gid, owner, group, size and state beside them.',
  },
  examples: `- ansible.builtin.copy:
    src: app.conf
    dest: /etc/app.conf
    owner: app
    mode: '0640'
`,
  queries: (a, info) => ({
    source: hasSrc(a) && !a.remote_src ? treeSource(a.src, a.decrypt, a.local_follow ?? true) : undefined,
    remote: hasSrc(a) && a.remote_src ? nodeAsks(a) : undefined,
    ...placeAsks(a.dest, nameOf(a), a, info),
  }),
  more: (a, answers, info) => moreAsks(a, answers as Answers, info),
  plan: (a, answers, info) => plan(a, answers as Answers, info),
  report: (a, answers) => {
    if (isFolder(answers as Answers)) return {};
    return placeReport(a, placeOf(a.dest, nameOf(a), answers as Answers));
  },
});
