import { quoteAll } from '../../node/quote.js';

/** What is told of a physical volume: its sizes are in bytes. */
export type PhysicalVolume = {
  readonly name: string;
  readonly group: string;
  readonly device: number;
  readonly size: number;
  readonly start: number;
  readonly extent: number;
};

/** The devices that were asked about by their real names (none where there is no such device), and all of LVM's. */
export type Groups = {
  readonly devices: readonly { readonly given: string; readonly real?: string }[];
  readonly volumes: readonly PhysicalVolume[];
  readonly groups: readonly { readonly name: string; readonly volumes: number }[];
};

/** Sh source that prints all that `readGroups` reads; it ends with 127 where there is no LVM. */
export function groupsScript(devices: readonly string[]): string {
  return `command -v vgs >/dev/null || exit 127
for d in ${quoteAll(devices)}; do r=$(readlink -f -- "$d"); [ -e "$r" ] || r=; printf 'dev;%s;%s\\n' "$d" "$r"; done
set -e
p=$(pvs --noheadings --nosuffix --units b -o pv_name,vg_name,dev_size,pv_size,pe_start,vg_extent_size --separator ';')
[ -z "$p" ] || printf '%s\\n' "$p" | sed 's/^ *//' | while IFS=';' read -r n rest; do printf 'pv;%s;%s\\n' "$(readlink -f -- "$n")" "$rest"; done
v=$(vgs --noheadings -o vg_name,lv_count --separator ';')
[ -z "$v" ] || printf '%s\\n' "$v" | sed 's/^ */vg;/'`;
}

/** Reads what the script printed. */
export function readGroups(printed: string): Groups {
  const rows = printed.split('\n').map((line) => line.split(';'));
  const of = (kind: string) => rows.filter((row) => row[0] === kind).map((row) => row.slice(1));
  return {
    devices: of('dev').map(([given = '', real]) => ({ given, real: real || undefined })),
    volumes: of('pv').map(([name = '', group = '', ...sizes]) => {
      const [device = 0, size = 0, start = 0, extent = 0] = sizes.map(Number);
      return { name, group, device, size, start, extent };
    }),
    groups: of('vg').map(([name = '', volumes]) => ({ name, volumes: Number(volumes) })),
  };
}
