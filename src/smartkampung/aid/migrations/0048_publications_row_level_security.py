"""Lists of recipients stand behind row-level security, their days included.

The days are those of the database's own clock, and hold for everybody but the job that
writes the names; the public reads one village at a time.
"""

from django.db import migrations

from smartkampung.kernel.rls import policies_sql

TODAY = "(now() AT TIME ZONE 'Asia/Jakarta')::date"
IN_FORCE = f"""granted AND withdrawn_at IS NULL
    AND since <= {TODAY} AND {TODAY} < until
    AND EXISTS (SELECT FROM aid_cycle c JOIN aid_programme p ON p.code = c.programme_id
        WHERE c.id = cycle_id AND NOT p.sensitive)"""
POSTED = f"""EXISTS (SELECT FROM aid_publication WHERE id = publication_id
    AND {IN_FORCE})"""
SCOPE = "string_to_array(current_setting('sk.scope', true), ',')"
SQL = (
    policies_sql("aid_publication", region="region_code")
    + f"CREATE POLICY aid_publication_posted ON aid_publication FOR SELECT USING ({IN_FORCE});"
    + f"""
    ALTER TABLE aid_publishedname ENABLE ROW LEVEL SECURITY;
    ALTER TABLE aid_publishedname FORCE ROW LEVEL SECURITY;
    CREATE POLICY aid_publishedname_job ON aid_publishedname
        USING (current_setting('sk.actor', true) = 'job')
        WITH CHECK (current_setting('sk.actor', true) = 'job');
    CREATE POLICY aid_publishedname_public ON aid_publishedname FOR SELECT USING (
        current_setting('sk.actor', true) = 'public'
        AND village_code = current_setting('sk.scope', true) AND {POSTED});
    CREATE POLICY aid_publishedname_staff ON aid_publishedname FOR SELECT USING (
        current_setting('sk.actor', true) = 'staff'
        AND EXISTS (SELECT FROM unnest({SCOPE}) AS inside
            WHERE starts_with(village_code || '.', inside || '.'))
        AND {POSTED});
    """
)


class Migration(migrations.Migration):
    dependencies = [("aid", "0047_publications")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
