"""The function that makes monthly partitions, run by the owner's right from any role."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION xiezhi_ensure_partitions(parent text, months int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  first_day timestamptz; last_day timestamptz; low uuid; high uuid; child text; made int := 0;
BEGIN
  IF to_regclass(parent) IS NULL OR months NOT BETWEEN 0 AND 24 THEN
    RAISE EXCEPTION 'no such partitioned table, or an unreasonable number of months';
  END IF;
  FOR step IN 0..months LOOP
    first_day := (date_trunc('month', timezone('Asia/Shanghai', now()))
                  + make_interval(months => step)) AT TIME ZONE 'Asia/Shanghai';
    last_day := (date_trunc('month', timezone('Asia/Shanghai', now()))
                 + make_interval(months => step + 1)) AT TIME ZONE 'Asia/Shanghai';
    low := (lpad(to_hex((extract(epoch FROM first_day) * 1000)::bigint), 12, '0')
            || repeat('0', 20))::uuid;
    high := (lpad(to_hex((extract(epoch FROM last_day) * 1000)::bigint), 12, '0')
             || repeat('0', 20))::uuid;
    child := parent || to_char(timezone('Asia/Shanghai', first_day), '_YYYY_MM');
    IF to_regclass(child) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                     child, parent, low, high);
      EXECUTE format('REVOKE ALL ON %I FROM xiezhi_app', child);
      made := made + 1;
    END IF;
  END LOOP;
  child := parent || '_rest';
  IF to_regclass(child) IS NULL THEN
    EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', child, parent);
    EXECUTE format('REVOKE ALL ON %I FROM xiezhi_app', child);
    made := made + 1;
  END IF;
  RETURN made;
END $$;
"""


class Migration(migrations.Migration):
    """Partitions carry no right of their own: the app role reaches them through the parent."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(FORWARDS, "DROP FUNCTION xiezhi_ensure_partitions(text, int)"),
    ]
