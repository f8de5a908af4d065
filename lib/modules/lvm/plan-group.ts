import type { Action } from '../../node/actions/action.js';
import type { JsonObject } from '../../values/json.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { complaint } from '../program.js';
import type { Groups, PhysicalVolume } from './groups.js';

/** What is wished of a volume group. */
export type GroupWish = {
  readonly vg: string;
  readonly pvs: readonly string[];
  readonly pesize: string;
  readonly pv_options: string;
  readonly pvresize: boolean;
  readonly vg_options: string;
  readonly state: 'absent' | 'present';
  readonly force: boolean;
};

/** One command, and what is said when it fails. */
type Doing = { readonly argv: readonly string[]; readonly failure: string };

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function done(reason: string, doings: readonly Doing[], before: JsonObject, after: JsonObject): Plan {
  const actions = doings.map(({ argv }): Action => ({ kind: 'run', argv, env: { LC_ALL: 'C' } }));
  return change(reason, actions, {
    diff: [{ before, after }],
    explain: (i, outcome) => `${doings[i]?.failure}: ${complaint(outcome)}`,
  });
}

function removed(wish: GroupWish, { groups, volumes }: Groups): Plan {
  const group = groups.find(({ name }) => name === wish.vg);
  if (!group) return ok('there is no such group');
  if (group.volumes > 0 && !wish.force)
    return failed(`Refuse to remove non-empty volume group ${wish.vg} without force=true`);
  const argv = ['vgremove', '--force', wish.vg];
  const pvs = volumes.filter((pv) => pv.group === wish.vg).map((pv) => pv.name);
  const failure = `Failed to remove volume group ${wish.vg}`;
  return done('the group is removed', [{ argv, failure }], { pvs }, { pvs: [] });
}

function makes(wish: GroupWish, device: string): Doing {
  return {
    argv: ['pvcreate', ...words(wish.pv_options), '-f', device],
    failure: `Creating physical volume '${device}' failed`,
  };
}

function created(wish: GroupWish, devices: readonly string[]): Plan {
  const argv = ['vgcreate', ...words(wish.vg_options), '-s', wish.pesize, wish.vg, ...devices];
  const group = { argv, failure: `Creating volume group '${wish.vg}' failed` };
  const all = [...devices.map((device) => makes(wish, device)), group];
  return done('the group is made', all, { pvs: [] }, { pvs: [...devices] });
}

/** Whether another extent would fit behind what is used of the device. */
function grows({ device, size, start, extent }: PhysicalVolume): boolean {
  return device - (start + size) > extent;
}

function adapted(wish: GroupWish, devices: readonly string[], members: readonly PhysicalVolume[]): Plan {
  const now = members.map(({ name }) => name);
  const more = devices.filter((device) => !now.includes(device));
  const less = now.filter((name) => !devices.includes(name));
  const larger = wish.pvresize ? members.filter(grows).map(({ name }) => name) : [];
  const all: Doing[] = [
    ...larger.map((name) => ({ argv: ['pvresize', name], failure: `Failed to resize ${name}` })),
    ...more.map((device) => makes(wish, device)),
    ...(more.length > 0
      ? [
          {
            argv: ['vgextend', wish.vg, ...more],
            failure: `Unable to extend ${wish.vg} by ${more.join(' ')}`,
          },
        ]
      : []),
    ...(less.length > 0
      ? [
          {
            argv: ['vgreduce', '--force', wish.vg, ...less],
            failure: `Unable to reduce ${wish.vg} by ${less.join(' ')}`,
          },
        ]
      : []),
  ];
  if (all.length === 0) return ok('the group is as wished');
  return done('the group changes', all, { pvs: now, grow: [] }, { pvs: [...devices], grow: larger });
}

/** Decides how a volume group becomes what is wished. */
export function planGroup(wish: GroupWish, groups: Groups, info: PlanInfo): Plan {
  if (wish.state === 'absent') return removed(wish, groups);
  if (wish.pvs.length === 0) return failed('No physical volumes given.');
  const missing = groups.devices.find(({ real }) => real === undefined);
  if (missing && mayComeLater(info)) return change('an earlier task may make the device', []);
  if (missing) return failed(`Device ${missing.given} not found.`);
  const devices = [...new Set(groups.devices.map(({ real }) => real!))];
  const taken = groups.volumes.find(
    ({ name, group }) => devices.includes(name) && group !== '' && group !== wish.vg,
  );
  if (taken) return failed(`Device ${taken.name} is already in ${taken.group} volume group.`);
  if (!groups.groups.some(({ name }) => name === wish.vg)) return created(wish, devices);
  const members = groups.volumes.filter(({ group }) => group === wish.vg);
  return adapted(wish, devices, members);
}
