/** What the benchmark of templates renders; the same for every program. */
export type TemplateWork = {
  /** An INI inventory, whose hosts' variables are templates over each other. */
  readonly inventory: string;
  /** The hosts' variables finished, for a program that does not template variables. */
  readonly hosts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly hostsTemplate: string;
  readonly expressions: readonly string[];
  readonly vars: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly config: string;
  /** How many times the configuration is rendered. */
  readonly rounds: number;
};

const DOMAIN = 'fleet.example.org';
const address = (n: number): string => `10.${n >> 8}.${n & 255}.10`;

function inventory(count: number): string {
  const lines = Array.from({ length: count }, (_, n) => `web${n} number=${n} address=${address(n)}`);
  const vars = [`domain=${DOMAIN}`, 'fqdn="{{ inventory_hostname }}.{{ domain }}"'];
  return `${['[web]', ...lines, '[web:vars]', ...vars].join('\n')}\n`;
}

function finishedHosts(count: number): TemplateWork['hosts'] {
  const names = Array.from({ length: count }, (_, n) => `web${n}`);
  return Object.fromEntries(
    names.map((name, n) => [name, { address: address(n), fqdn: `${name}.${DOMAIN}` }]),
  );
}

const SHAPES: readonly ((n: number) => string)[] = [
  (n) => `{{ base + ${n} }}`,
  (n) => `/srv/{{ app }}/releases/${n}`,
  (n) => `{{ ports[${n % 3}] ~ '-${n}' }}`,
  (n) => `{{ 'on-${n}' if enabled else 'off-${n}' }}`,
  (n) => `{{ missing${n} | default('d${n}') }}`,
  (n) => `{{ app | upper }}-{{ (base * ${n}) % 97 }}`,
  (n) => `{{ ports | join('${n},') }}`,
  (n) => `{{ base > ${n} and app == 'ffe' }}`,
];

function configText(): string {
  const sections = Array.from({ length: 30 }, (_, n) => [
    `[section-${n}]`,
    `name = {{ app }}-${n}`,
    `# the number of workers`,
    `workers = {{ base * ${n + 1} }}`,
    '{% if enabled %}',
    `listen = {{ ports[${n % 3}] }}`,
    '{% endif %}',
    `{% for port in ports %}`,
    `peer-{{ loop.index }} = {{ app | upper }}:{{ port }}`,
    '{% endfor %}',
  ]);
  return `${sections.flat().join('\n')}\n`;
}

/** The work: a hosts file over `hosts` hosts, `expressions` different small texts, and a file of 300 lines. */
export function templateWork(hosts: number, expressions: number, rounds: number): TemplateWork {
  return {
    inventory: inventory(hosts),
    hosts: finishedHosts(hosts),
    hostsTemplate:
      '{% for host in groups.all %}\n{{ hostvars[host].address }} {{ hostvars[host].fqdn }} {{ host }}\n{% endfor %}\n',
    expressions: Array.from({ length: expressions }, (_, n) => SHAPES[n % SHAPES.length]!(n)),
    vars: { base: 42, app: 'ffe', enabled: true, ports: ['8080', '8081', '8082'] },
    config: configText(),
    rounds,
  };
}
