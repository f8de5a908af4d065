/** A socket of a process. */
export type Socket = {
  readonly protocol: string;
  readonly state: string;
  readonly address: string;
  readonly foreign_address: string;
  readonly port: number;
  readonly name: string;
  readonly pid: number;
};

/** The sockets in what netstat printed, each once. */
export function readNetstat(lines: readonly string[]): Socket[] {
  const all = lines.flatMap((line): Socket[] => {
    const [kind = '', , , local = '', foreign_address = '', ...rest] = line.trim().split(/\s+/);
    const found = /^(.*):(\d+)$/.exec(local);
    if (!/^(tcp|udp)/.test(kind) || !found) return [];
    const protocol = kind.slice(0, 3);
    // UDP has no state unless it is connected.
    const stateless = protocol === 'udp' && /^(\d+\/|-$)/.test(rest[0] ?? '');
    const [state = '', process = ''] = stateless ? ['', rest[0]] : rest;
    const [, pid = '0', name = ''] = /^(\d+)\/(.*?):?$/.exec(process) ?? [];
    return [
      {
        protocol,
        state,
        address: found[1]!,
        foreign_address,
        port: Number(found[2]),
        name,
        pid: Number(pid),
      },
    ];
  });
  return [...new Map(all.map((socket) => [JSON.stringify(socket), socket])).values()];
}

/** The sockets in what ss printed, once for each process that has them. */
export function readSs(lines: readonly string[]): Socket[] {
  return lines.slice(1).flatMap((line): Socket[] => {
    const [protocol = '', state = '', , , local = '', foreign_address = '', ...rest] = line
      .trim()
      .split(/\s+/);
    const found = /\[?(.+?)\]?:(\d+)$/.exec(local);
    if (!found) return [];
    const socket = { protocol, state, address: found[1]!, foreign_address, port: Number(found[2]) };
    const owners = [...rest.join(' ').matchAll(/"(.*?)",pid=(\d+)/g)];
    // Whose it is is told to root alone.
    if (owners.length === 0) return [{ ...socket, name: '', pid: 0 }];
    return owners.map(([, name, pid]) => ({ ...socket, name: name!, pid: Number(pid) }));
  });
}
