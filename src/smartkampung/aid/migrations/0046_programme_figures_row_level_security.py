"""Anybody reads the figures of programmes; only the job that counts writes them."""

from django.db import migrations

SQL = """
    ALTER TABLE aid_programmefigure ENABLE ROW LEVEL SECURITY;
    ALTER TABLE aid_programmefigure FORCE ROW LEVEL SECURITY;
    CREATE POLICY aid_programmefigure_read ON aid_programmefigure
        FOR SELECT USING (true);
    CREATE POLICY aid_programmefigure_job ON aid_programmefigure
        USING (current_setting('sk.actor', true) = 'job')
        WITH CHECK (current_setting('sk.actor', true) = 'job');
"""


class Migration(migrations.Migration):
    dependencies = [("aid", "0045_programme_figures")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
