import type { JsonObject } from '../../values/json.js';
import type { Gathered } from './gathered.js';

/** Memory in MiB. */
export function memoryFacts(gathered: Gathered): JsonObject {
  const text = gathered.file('/proc/meminfo') ?? '';
  const mib = (name: string) => {
    const found = new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1];
    return found === undefined ? 0 : Math.floor(Number(found) / 1024);
  };
  const [total, free, swapTotal, swapFree] = [
    mib('MemTotal'),
    mib('MemFree'),
    mib('SwapTotal'),
    mib('SwapFree'),
  ];
  const reusable = mib('Cached') + free + mib('Buffers');
  return {
    memtotal_mb: total,
    memfree_mb: free,
    swaptotal_mb: swapTotal,
    swapfree_mb: swapFree,
    memory_mb: {
      real: { total, used: total - free, free },
      nocache: { free: reusable, used: total - reusable },
      swap: { total: swapTotal, free: swapFree, used: swapTotal - swapFree, cached: mib('SwapCached') },
    },
  };
}

/** Seconds since the kernel started. */
export function uptimeFacts(gathered: Gathered): JsonObject {
  const uptime = gathered.file('/proc/uptime');
  return uptime === undefined ? {} : { uptime_seconds: Math.floor(Number(uptime.split(' ')[0])) };
}
