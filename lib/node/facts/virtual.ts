import type { JsonObject } from '../../values/json.js';
import { type Gathered, linesOf } from './gathered.js';

/** A technology that was found; the first one decides type and role. */
type Found = { readonly tech: string; readonly role: 'guest' | 'host'; readonly type?: string };

/** Containers and virtual machines, by the same traces and in the same order as Ansible looks for them. */
export function virtualFacts(gathered: Gathered): JsonObject {
  const found = [...containers(gathered), ...hypervisors(gathered), ...modules(gathered)];
  const first = found[0];
  const of = (role: Found['role']) => [...new Set(found.filter((f) => f.role === role).map((f) => f.tech))];
  return {
    virtualization_type: first?.type ?? first?.tech ?? 'NA',
    virtualization_role: first?.role ?? 'NA',
    virtualization_tech_guest: of('guest'),
    virtualization_tech_host: of('host'),
  };
}

function guest(tech: string): Found {
  return { tech, role: 'guest' };
}

function containers(gathered: Gathered): Found[] {
  const cgroup = gathered.file('/proc/1/cgroup') ?? '';
  const environment = (gathered.file('/proc/1/environ') ?? '').split('\0');
  const container = gathered.file('/run/systemd/container');
  const found: Found[] = [
    ...(/\/docker(\/|-[0-9a-f]+\.scope)/.test(cgroup) ? [guest('docker')] : []),
    ...(/\/lxc\/|\/machine\.slice\/machine-lxc/.test(cgroup) ? [guest('lxc')] : []),
    ...(cgroup.includes('/system.slice/containerd.service') ? [guest('containerd')] : []),
    ...(environment.some((e) => e.includes('container=lxc')) ? [guest('lxc')] : []),
    ...(environment.some((e) => e.includes('container=podman')) ? [guest('podman')] : []),
    ...(environment.some((e) => /^container=./.test(e)) ? [guest('container')] : []),
    ...openvz(gathered),
    ...(container === undefined ? [] : [guest(container)]),
    ...(gathered.has('/.dockerenv') || gathered.has('/.dockerinit') ? [guest('docker')] : []),
  ];
  const marked = found.some((f) => ['docker', 'lxc', 'podman', 'openvz', 'containerd'].includes(f.tech));
  return marked || container !== undefined ? [...found, guest('container')] : found;
}

function openvz(gathered: Gathered): Found[] {
  if (!gathered.has('/proc/vz') || gathered.has('/proc/lve')) return [];
  return [{ tech: 'openvz', role: gathered.has('/proc/bc') ? 'host' : 'guest' }];
}

const PRODUCTS: Readonly<Record<string, string>> = {
  KVM: 'kvm',
  'KVM Server': 'kvm',
  Bochs: 'kvm',
  AHV: 'kvm',
  'VMware Virtual Platform': 'VMware',
  'VMware7,1': 'VMware',
  'OpenStack Compute': 'openstack',
  'OpenStack Nova': 'openstack',
};
const FIRMWARE: Readonly<Record<string, string>> = {
  Xen: 'xen',
  'innotek GmbH': 'virtualbox',
  'Amazon EC2': 'kvm',
  DigitalOcean: 'kvm',
  Hetzner: 'kvm',
};
const VENDORS: Readonly<Record<string, string>> = {
  oVirt: 'oVirt',
  QEMU: 'kvm',
  'Amazon EC2': 'kvm',
  DigitalOcean: 'kvm',
  Google: 'kvm',
  Scaleway: 'kvm',
  Nutanix: 'kvm',
  KubeVirt: 'KubeVirt',
  'Microsoft Corporation': 'VirtualPC',
  'Parallels Software International Inc.': 'parallels',
  'OpenStack Foundation': 'openstack',
};

function hypervisors(gathered: Gathered): Found[] {
  const dmi = (name: string) => gathered.file(`/sys/devices/virtual/dmi/id/${name}`) ?? '';
  const redHat =
    dmi('sys_vendor') !== 'Red Hat' ? undefined : dmi('product_family') === 'RHV' ? 'RHV' : undefined;
  const xen = (gathered.file('/proc/xen/capabilities') ?? '').includes('control_d');
  const names = [
    PRODUCTS[dmi('product_name')],
    redHat,
    FIRMWARE[dmi('bios_vendor')],
    VENDORS[dmi('sys_vendor')],
  ];
  const cpuinfo = gathered.file('/proc/cpuinfo') ?? '';
  return [
    ...(gathered.has('/proc/xen') ? [{ tech: 'xen', role: xen ? 'host' : 'guest' } as const] : []),
    ...names.filter((name) => name !== undefined).map(guest),
    ...(/^model name.*QEMU Virtual CPU/m.test(cpuinfo) ? [guest('kvm')] : []),
    ...(/^(vendor_id.*User Mode Linux|model name.*UML)/m.test(cpuinfo) ? [guest('uml')] : []),
  ];
}

function modules(gathered: Gathered): Found[] {
  const loaded = new Set(linesOf(gathered.file('/proc/modules')).map((line) => line.split(' ')[0]));
  return [
    ...(loaded.has('kvm') ? [{ tech: 'kvm', role: 'host' } as const] : []),
    ...(loaded.has('vboxdrv') ? [{ tech: 'virtualbox', role: 'host' } as const] : []),
    ...(gathered.has('/dev/kvm') ? [{ tech: 'kvm', role: 'host' } as const] : []),
  ];
}
