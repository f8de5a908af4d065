const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Jinja2's own filters: they belong to no collection, `ansible.builtin.upper` does not exist. */
const JINJA_FILTERS = words(
  `abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape format
  groupby indent int items join last length list lower map max min pprint reject rejectattr replace reverse round safe
  select selectattr slice sort string striptags sum title tojson trim truncate upper urlencode urlize wordcount wordwrap
  xmlattr`,
);

/** Jinja2's own tests. */
const JINJA_TESTS = words(
  `odd even divisibleby defined undefined filter test none boolean false true integer float lower upper string mapping
  number sequence iterable callable sameas escaped in == eq equalto != ne > gt greaterthan < lt lessthan >= ge <= le`,
);

const ADDRESSES = `cidr_merge ipaddr ipmath ipwrap ip4_hex ipv4 ipv6 ipsubnet next_nth_usable network_in_network
  network_in_usable reduce_on_network nthhost previous_nth_usable slaac hwaddr macaddr`;

/** What collections other than Ansible's own offer under the last part of its name, as Ansible's routing has it. */
const COLLECTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  'ansible.utils': words(ADDRESSES),
  'ansible.netcommon': words(ADDRESSES),
  'community.general': words('json_query random_mac path_join cartesian flattened filetree hashi_vault'),
  'community.hashi_vault': words('hashi_vault vault_kv1_get vault_kv2_get vault_read'),
};

const OWN = new Set(['ansible.builtin', 'ansible.legacy']);

/**
 * True when a collection's name may stand before the plain name of a function: Ansible's own before all but Jinja2's,
 * any other before what it has.
 */
export function belongsTo(collection: string, name: string, kind: 'filter' | 'test' | 'lookup'): boolean {
  if (!OWN.has(collection)) return COLLECTIONS[collection]?.has(name) ?? false;
  if (kind === 'filter') return !JINJA_FILTERS.has(name);
  return kind === 'lookup' || !JINJA_TESTS.has(name);
}
