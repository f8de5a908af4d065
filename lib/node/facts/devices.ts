import type { Json, JsonObject } from '../../values/json.js';
import { type Gathered, linesOf, printed } from './gathered.js';

/** Names under which a device is linked, by device. */
type Links = Readonly<Record<'ids' | 'uuids' | 'labels' | 'masters', Readonly<Record<string, string[]>>>>;

/** Block devices with their partitions, and the names that udev gave them. */
export function deviceFacts(gathered: Gathered): JsonObject {
  const links = allLinks(gathered);
  const names = gathered.links(/^\/sys\/block\/[^/]+$/).map(([path]) => last(path));
  const devices = names.map((name): [string, JsonObject] => [name, describe(gathered, links, name)]);
  return { devices: Object.fromEntries(devices), device_links: links as JsonObject };
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function allLinks(gathered: Gathered): Links {
  const collect = (
    pattern: RegExp,
    ends: (path: string, target: string) => [device: string, name: string],
  ) => {
    const found: Record<string, string[]> = {};
    for (const [path, target] of gathered.links(pattern)) {
      const [device, name] = ends(path, target);
      found[device] = [...(found[device] ?? []), name].sort();
    }
    return found;
  };
  const disk = (kind: string) =>
    collect(new RegExp(`^/dev/disk/by-${kind}/`), (path, target) => [last(target), last(path)]);
  const masters = collect(/^\/sys\/block\/[^/]+\/slaves\//, (path) => [last(path), path.split('/')[3]!]);
  return { ids: disk('id'), uuids: disk('uuid'), labels: disk('label'), masters };
}

function linksOf(links: Links, name: string): JsonObject {
  return Object.fromEntries(Object.entries(links).map(([kind, byDevice]) => [kind, byDevice[name] ?? []]));
}

function describe(gathered: Gathered, links: Links, name: string): JsonObject {
  const dir = `/sys/block/${name}`;
  const read = (file: string): string | null => gathered.file(`${dir}/${file}`) ?? null;
  const sectors = read('size');
  const wwn = links.ids[name]?.find((id) => id.startsWith('wwn-'));
  const serial = read('device/serial');
  return {
    virtual: 1,
    links: linksOf(links, name),
    vendor: read('device/vendor'),
    model: read('device/model'),
    sas_address: read('device/sas_address'),
    sas_device_handle: read('device/sas_device_handle'),
    ...(serial !== null && { serial }),
    removable: read('removable'),
    support_discard: read('queue/discard_granularity'),
    ...(wwn !== undefined && { wwn: wwn.slice('wwn-'.length) }),
    partitions: partitions(gathered, links, name),
    rotational: read('queue/rotational'),
    scheduler_mode: /\[(.*)\]/.exec(read('queue/scheduler') ?? '')?.[1] ?? '',
    sectors: sectors ?? 0,
    sectorsize: read('queue/logical_block_size') ?? read('queue/hw_sector_size') ?? 512,
    size: humanSize(Number(sectors ?? 0) * 512),
    host: controller(gathered, gathered.link(dir) ?? ''),
    holders: holders(gathered, dir),
  };
}

function partitions(gathered: Gathered, links: Links, device: string): JsonObject {
  const paths = gathered
    .paths(/^\/sys\/block\/[^/]+\/[^/]+\/start$/)
    .filter((p) => p.split('/')[3] === device);
  const described = paths.map((path): [string, Json] => {
    const [dir, name] = [path.slice(0, -'/start'.length), path.split('/')[4]!];
    const sectors = gathered.file(`${dir}/size`) ?? 0;
    return [
      name,
      {
        links: linksOf(links, name),
        start: gathered.file(path) ?? 0,
        sectors,
        sectorsize: 512,
        size: humanSize(Number(sectors) * 512),
        uuid: links.uuids[name]?.[0] ?? null,
        holders: holders(gathered, dir),
      },
    ];
  });
  return Object.fromEntries(described);
}

function holders(gathered: Gathered, dir: string): string[] {
  const names = gathered.links(/\/holders\/dm-/).filter(([p]) => p.startsWith(`${dir}/holders/`));
  return names.map(([p]) => gathered.file(`/sys/block/${last(p)}/dm/name`) ?? last(p));
}

/** The PCI device that a disk hangs on, by `lspci`. */
function controller(gathered: Gathered, link: string): string {
  const slot = /\/([a-f0-9]{4}:[a-f0-9]{2}:[01][a-f0-9]\.[0-7])\//.exec(link)?.[1];
  const line = linesOf(printed(gathered, 'lspci')).find(
    (l) => slot !== undefined && l.startsWith(`${slot} `),
  );
  return line === undefined ? '' : line.slice(slot!.length + 1);
}

const UNITS = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];

/** `256.00 GB`: powers of 1024, two digits. */
export function humanSize(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(2)} ${UNITS[power]}`;
}
