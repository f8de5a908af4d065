DO $move$
DECLARE
  one record;
  back text[] := '{}';
  line text;
  names text;
  typed text;
  compared text;
  found text;
  rows bigint;
  differ bigint;
BEGIN
  FOR one IN SELECT * FROM moving LOOP
    IF to_regclass(format('public.%I', one.name)) IS NULL THEN
      RAISE EXCEPTION 'PostgreSQL has no table %: run the migrations of the schema first, or set migrate_create', one.name;
    END IF;
    EXECUTE format('SELECT count(*) FROM public.%I', one.name) INTO rows;
    IF rows > 0 THEN
      RAISE EXCEPTION 'the table % of PostgreSQL has % rows already, and only empty ones are filled', one.name, rows;
    END IF;
  END LOOP;
  -- References are put back when all rows are there, which proves them, whatever the order of the tables.
  FOR one IN SELECT conrelid::regclass AS owner, conname, pg_get_constraintdef(oid) AS rule FROM pg_constraint
    WHERE contype = 'f' AND conrelid IN (SELECT to_regclass(format('public.%I', name)) FROM moving)
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.owner, one.conname);
    back := back || format('ALTER TABLE %s ADD CONSTRAINT %I %s', one.owner, one.conname, one.rule);
  END LOOP;
  FOR one IN SELECT * FROM moving ORDER BY number LOOP
    SELECT string_agg(s.attname, ', ') INTO found FROM pg_attribute s WHERE s.attrelid = one.stage::regclass AND s.attnum > 0
      AND NOT EXISTS (SELECT FROM pg_attribute p WHERE p.attrelid = to_regclass(format('public.%I', one.name))
        AND p.attname = s.attname AND NOT p.attisdropped);
    IF found IS NOT NULL THEN
      RAISE EXCEPTION 'the table % of PostgreSQL has no column %', one.name, found;
    END IF;
    -- Without lengths and scales, so that what they would cut off is a difference.
    SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum), string_agg(format('%I::%s', attname, base), ', ' ORDER BY attnum),
      string_agg(CASE WHEN base = 'json' THEN format('%I::jsonb', attname) ELSE format('%I::%s', attname, base) END, ', ' ORDER BY attnum)
      INTO names, typed, compared
      FROM (SELECT s.attnum, s.attname, CASE WHEN p.atttypid = 'bpchar'::regtype THEN 'text' ELSE format_type(p.atttypid, NULL) END AS base
        FROM pg_attribute s JOIN pg_attribute p ON p.attname = s.attname AND p.attrelid = to_regclass(format('public.%I', one.name))
        WHERE s.attrelid = one.stage::regclass AND s.attnum > 0) AS columns;
    EXECUTE format('ALTER TABLE public.%I DISABLE TRIGGER USER', one.name);
    EXECUTE format('INSERT INTO public.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %I', one.name, names, typed, one.stage);
    EXECUTE format('ALTER TABLE public.%I ENABLE TRIGGER USER', one.name);
    EXECUTE format('SELECT count(*) FROM ((SELECT %1$s FROM %2$I EXCEPT ALL SELECT %1$s FROM public.%3$I)
      UNION ALL (SELECT %1$s FROM public.%3$I EXCEPT ALL SELECT %1$s FROM %2$I)) AS differences', compared, one.stage, one.name) INTO differ;
    IF differ > 0 THEN
      RAISE EXCEPTION 'the table % differs in % rows after it was moved: a column is narrower than its values', one.name, differ;
    END IF;
    -- Keys that count go on after the greatest one.
    FOR line IN SELECT format('SELECT setval(%L, greatest(max(%I), 1), max(%I) IS NOT NULL) FROM public.%I', sequence, attname, attname, one.name)
      FROM (SELECT attname, pg_get_serial_sequence(format('public.%I', one.name), attname) AS sequence FROM pg_attribute
        WHERE attrelid = to_regclass(format('public.%I', one.name)) AND attnum > 0 AND NOT attisdropped) AS counting WHERE sequence IS NOT NULL
    LOOP
      EXECUTE line;
    END LOOP;
  END LOOP;
  FOREACH line IN ARRAY back LOOP
    EXECUTE line;
  END LOOP;
END
$move$;
