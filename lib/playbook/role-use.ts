import { FfeError } from '../errors/error.js';
import { posOf } from '../values/position.js';
import { str } from '../values/print.js';
import type { Raw } from '../values/value.js';
import { frameOf } from './frame.js';
import { staticText } from './include-tasks.js';
import { ROLE } from './keywords.js';
import { attempt, type Loading, type Place, type RoleRequest } from './loading.js';
import { type Dict, kindOf, placeOf, textOf } from './raw.js';
import { entryOf, partFiles, type RoleMeta, readRole, readRoleMeta } from './role.js';
import { type FoundRole, findRole } from './role-path.js';
import { specTask } from './role-spec.js';
import { checkFrame } from './template-check.js';
import type { Frame, Item, Role, RoleItem, RoleUse } from './tree.js';

/** A use while it is being read: the frame needs the use, the use needs its tasks. */
type Growing = { -readonly [K in keyof RoleUse]: RoleUse[K] };

function roleList(loading: Loading, files: readonly string[], place: Place): Item[] {
  return files.flatMap((file) => {
    const list = attempt(loading, () => loading.read(file));
    return list === undefined ? [] : loading.items(list, { ...place, file, stack: [...place.stack, file] });
  });
}

function newUse(request: RoleRequest, role: Role, found: FoundRole): Growing {
  const { place, dependent } = request;
  const outer = dependent ?? place.use;
  const frame: Frame = {
    kind: 'role',
    parent: place.frame,
    ...request.frame,
    pos: request.pos,
    file: place.file,
  };
  const use: Growing = {
    role,
    frame,
    dependents: outer ? [outer, ...outer.dependents] : [],
    parents: dependent?.parents ?? (outer ? [outer, ...outer.parents] : []),
    dependencies: [],
    tasks: [],
    handlers: [],
    entry: entryOf(request),
    exported: request.exported,
  };
  use.frame = { ...frame, role: use, file: found.path };
  return use;
}

function checkCircle(request: RoleRequest, found: FoundRole): void {
  const chain: RoleUse[] = request.dependent ? [request.dependent, ...request.dependent.dependents] : [];
  if (!chain.some((use) => use.role.path === found.path)) return;
  throw new FfeError('bad-value', `the role '${found.name}' depends on itself`, {
    pos: request.pos,
    notes: chain.map((use) => `needed by role ${use.role.name}`),
  });
}

function dependencies(loading: Loading, meta: RoleMeta, use: RoleUse, place: Place): RoleUse[] {
  return meta.dependencies.flatMap((raw, i) => {
    const inner: Place = { ...place, loading, frame: use.frame, file: meta.file, use };
    const pos = placeOf(meta.list, meta.file, i);
    const item = attempt(loading, () => useRole(raw, pos, inner, use));
    return item ? [item.use] : [];
  });
}

/** Uses a role as a request says: its dependencies, tasks and handlers are read within the use's own frame. */
export function readRoleUse(request: RoleRequest): RoleItem | undefined {
  const { loading } = request.place;
  return attempt(loading, () => {
    const found = findRole(request);
    checkCircle(request, found);
    const meta = attempt(loading, () => readRoleMeta(loading, found)) ?? {
      file: found.path,
      dependencies: [],
      list: null,
      allowDuplicates: false,
    };
    const role = readRole(loading, found, request, meta);
    const use = newUse(request, role, found);
    const place: Place = { ...request.place, loading, frame: use.frame, use, handler: false };
    use.dependencies = dependencies(loading, meta, use, place);
    const tasks = roleList(loading, partFiles(found, request, 'tasks'), place);
    const spec = request.validate ? specTask(use, request, loading) : undefined;
    use.tasks = spec ? [spec, ...tasks] : tasks;
    use.handlers = roleList(loading, partFiles(found, request, 'handlers'), { ...place, handler: true });
    return { kind: 'role', use, frame: use.frame, pos: request.pos } as const;
  });
}

function nameOf(raw: Raw, dict: Dict | undefined, pos: RoleRequest['pos']): string {
  const name = textOf(dict ? (dict.get('role') ?? dict.get('name')) : raw);
  if (!dict && name?.includes(','))
    throw new FfeError('bad-value', `Invalid old style role requirement: ${name}`, { pos });
  if (name !== undefined && name !== '') return name;
  throw new FfeError(
    'bad-value',
    dict ? 'this use of a role names none' : `a role is a name or a dict, not ${kindOf(raw)}`,
    { pos, hint: dict ? 'role: NAME' : undefined },
  );
}

/** One entry of `roles:` or of a role's dependencies. Keys that are no keywords are the role's parameters. */
export function useRole(
  raw: Raw,
  pos: RoleRequest['pos'],
  place: Place,
  dependent?: RoleUse,
): RoleItem | undefined {
  const { loading, file } = place;
  const dict = raw instanceof Map ? (raw as Dict) : undefined;
  const written = nameOf(raw, dict, pos);
  const frame = frameOf('role', dict ?? new Map(), { loading, file, parent: place.frame, pos });
  checkFrame(loading, frame);
  const params = new Map<string, Raw>();
  for (const [key, value] of dict ?? []) if (!(str(key) in ROLE)) params.set(str(key), value);
  const name = staticText(written, loading, frame, dict ? (posOf(dict, 'role') ?? pos) : pos);
  return loading.role({
    name,
    pos: dict ? placeOf(dict, file, dict.has('role') ? 'role' : 'name') : pos,
    place,
    frame: { ...frame, params },
    from: {},
    exported: true,
    validate: true,
    dependent,
  });
}
