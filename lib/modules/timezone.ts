import type { Action } from '../node/actions/action.js';
import { path, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import type { JsonObject } from '../values/json.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed, ok } from './plan.js';

const ZONES = '/usr/share/zoneinfo';

/** The zone by the link, or by Debian's file; then how the clock of the hardware runs. */
const STATE = `l=$(readlink -f /etc/localtime) || l=; case $l in ${ZONES}/*) z=\${l#${ZONES}/};; *) z=;; esac
t=; [ ! -r /etc/timezone ] || read -r t < /etc/timezone || :
[ "\${t:+$(readlink -f "${ZONES}/$t")}" != "$l" ] || [ -z "$t" ] || z=$t
a=UTC; [ ! -r /etc/adjtime ] || ! grep -qx LOCAL /etc/adjtime || a=local
printf '%s\\n' "$z" "$a"`;

/** Sets the zone by systemd where it runs, and Debian's file beside it. */
function setZone(name: string): Action {
  const n = quote(name);
  const script = `if [ -d /run/systemd/system ] && command -v timedatectl >/dev/null; then timedatectl set-timezone ${n} || exit
else ln -sfn ${ZONES}/${n} /etc/localtime || exit; fi
printf '%s\\n' ${n} > /etc/timezone`;
  return { kind: 'run', script };
}

function setClock(mode: 'UTC' | 'local'): Action {
  const [yes, flag] = mode === 'local' ? ['yes', '--localtime'] : ['no', '--utc'];
  const script = `if [ -d /run/systemd/system ] && command -v timedatectl >/dev/null; then timedatectl set-local-rtc ${yes}
else hwclock --systohc ${flag}; fi`;
  return { kind: 'run', script };
}

/** Sets the time zone, and whether the hardware's clock runs in it. */
export const timezone = defineModule({
  name: 'timezone',
  collection: 'community.general',
  summary: 'Sets the time zone.',
  args: {
    name: { type: 'str', doc: 'The zone, as Europe/Berlin.' },
    hwclock: {
      type: 'str',
      aliases: ['rtc'],
      choices: ['local', 'UTC'],
      doc: 'How the clock of the hardware runs.',
    },
  },
  rules: { requiredOneOf: [['hwclock', 'name']] },
  diffs: { always: true, single: true },
  returns: { diff: 'The values before and after.' },
  examples: `- community.general.timezone:
    name: Etc/UTC
`,
  queries: (a) => ({
    now: readScript(STATE),
    zone: a.name === undefined ? undefined : path(`${ZONES}/${a.name}`, { follow: true }),
  }),
  plan: (a, { now, zone }, info) => {
    if (zone && !(zone.exists && zone.type === 'file') && !mayComeLater(info))
      return failed(`Error message:\ngiven timezone "${a.name}" is not available`);
    const [name = '', hwclock = ''] = now.stdout.toString('utf8').split('\n');
    const before: JsonObject = {};
    const after: JsonObject = {};
    if (a.name !== undefined) Object.assign(before, { name });
    if (a.name !== undefined) Object.assign(after, { name: a.name });
    if (a.hwclock !== undefined) Object.assign(before, { hwclock });
    if (a.hwclock !== undefined) Object.assign(after, { hwclock: a.hwclock });
    const actions: Action[] = [];
    if (a.name !== undefined && a.name !== name) actions.push(setZone(a.name));
    if (a.hwclock !== undefined && a.hwclock !== hwclock) actions.push(setClock(a.hwclock));
    if (actions.length === 0) return ok('zone and clock are as wished', { diff: { before, after } });
    return change('zone or clock differ', actions, { diff: [{ before, after }] });
  },
});
