/** The selects of each subset of postgresql_info, from the database that one logs in to. */
export const INFO_SELECTS = {
  version: 'SELECT version() AS raw',
  in_recovery: 'SELECT pg_is_in_recovery() AS value',
  tablespaces: `SELECT spcname AS name, pg_get_userbyid(spcowner) AS spcowner, coalesce(spcacl::text, '') AS spcacl, coalesce(to_json(spcoptions), '[]') AS spcoptions FROM pg_tablespace`,
  databases: `SELECT d.datname AS name, pg_get_userbyid(d.datdba) AS owner, pg_encoding_to_char(d.encoding) AS encoding, d.datcollate AS collate, d.datctype AS ctype, coalesce(array_to_string(d.datacl, E'\\n'), '') AS access_priv, CASE WHEN has_database_privilege(d.datname, 'CONNECT') THEN pg_database_size(d.datname)::text ELSE 'No Access' END AS size FROM pg_database d WHERE d.datname <> 'template0'`,
  replications: `SELECT pid AS name, usename, coalesce(application_name, '') AS app_name, client_addr, coalesce(client_hostname, '') AS client_hostname, backend_start::text, state FROM pg_stat_replication`,
  repl_slots: 'SELECT slot_name AS name, plugin, slot_type, database, active FROM pg_replication_slots',
  settings: `SELECT name, setting, coalesce(unit, '') AS unit, context, vartype, coalesce(boot_val, '') AS boot_val, coalesce(min_val, '') AS min_val, coalesce(max_val, '') AS max_val, coalesce(sourcefile, '') AS sourcefile, current_setting(name) AS pretty_val, CASE unit WHEN 'kB' THEN greatest(setting::bigint, 0) * 1024 WHEN '8kB' THEN greatest(setting::bigint, 0) * 8192 WHEN 'MB' THEN greatest(setting::bigint, 0) * 1048576 END AS val_in_bytes, pending_restart FROM pg_settings`,
  roles: `SELECT r.rolname AS name, r.rolsuper AS superuser, r.rolcanlogin AS canlogin, coalesce(to_json(r.rolvaliduntil)#>>'{}', '') AS valid_until, ARRAY(SELECT b.rolname FROM pg_auth_members m JOIN pg_roles b ON m.roleid = b.oid WHERE m.member = r.oid) AS member_of FROM pg_roles r WHERE r.rolname !~ '^pg_'`,
} as const;

/** The selects about one database, from within it. */
export const DATABASE_SELECTS = {
  extensions: `SELECT e.extname AS name, e.extversion AS raw, n.nspname, obj_description(e.oid, 'pg_extension') AS description FROM pg_extension e LEFT JOIN pg_namespace n ON n.oid = e.extnamespace`,
  languages: `SELECT lanname AS name, pg_get_userbyid(lanowner) AS lanowner, coalesce(lanacl::text, '') AS lanacl FROM pg_language`,
  namespaces: `SELECT nspname AS name, pg_get_userbyid(nspowner) AS nspowner, coalesce(nspacl::text, '') AS nspacl FROM pg_namespace`,
  publications:
    'SELECT p.pubname AS name, p.*, pg_get_userbyid(p.pubowner) AS ownername FROM pg_publication p',
  subscriptions: `SELECT s.subname AS name, d.datname AS dbname, s.subenabled, s.subslotname, s.subsynccommit, s.subpublications, s.subdbid, s.subowner, pg_get_userbyid(s.subowner) AS ownername FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid`,
} as const;

/** The subsets by name. */
export type Subset = keyof typeof INFO_SELECTS;
