import type { JsonObject } from '../../values/json.js';
import { type Gathered, linesOf } from './gathered.js';

const NAMED = ['model name', 'Processor', 'vendor_id', 'cpu', 'Vendor', 'processor'];

/** Processors as /proc/cpuinfo lists them; sockets, cores and threads counted as Ansible counts them. */
export function processorFacts(gathered: Gathered): JsonObject {
  const entries = linesOf(gathered.file('/proc/cpuinfo')).map((line): [string, string] => {
    const at = line.indexOf(':');
    return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  const valuesOf = (key: string) => entries.filter(([k]) => k === key).map(([, v]) => v);
  const names = entries.filter(([key]) => NAMED.includes(key)).map(([, value]) => value);
  const sockets = new Set(valuesOf('physical id')).size;
  const cores = Number(valuesOf('cpu cores')[0] ?? 1) || 1;
  const siblings = valuesOf('siblings')[0];
  const threads = Math.floor(Number(siblings ?? 1) / cores);
  const count = sockets > 0 ? sockets : countWithout(valuesOf, names.length);
  return {
    processor: names,
    processor_count: count,
    processor_cores: cores,
    processor_threads_per_core: threads,
    processor_vcpus: threads * count * cores,
    processor_nproc: allowed(gathered) ?? valuesOf('processor').length,
  };
}

/** Where the kernel names no sockets, as on ARM. */
function countWithout(valuesOf: (key: string) => string[], named: number): number {
  const vendors = valuesOf('vendor_id').length;
  if (vendors === 0) return valuesOf('processor').length || named;
  return vendors === valuesOf('model name').length ? vendors : named;
}

/** Number of processors that a process may use: `Cpus_allowed_list: 0-3,8`. */
function allowed(gathered: Gathered): number | undefined {
  const list = /^Cpus_allowed_list:\s+(\S+)/m.exec(gathered.file('/proc/self/status') ?? '')?.[1];
  return list?.split(',').reduce((sum, range) => {
    const [first, last] = range.split('-').map(Number);
    return sum + (last ?? first!) - first! + 1;
  }, 0);
}
