"""Facts that are kept for a day are copies: writing them ahead would only cost time.

All three are emptied together after a crash, and are made anew by the next visit.
"""

from django.db import migrations

TABLES = ("targeting_kept", "targeting_knownaffected", "targeting_knownfamily")


class Migration(migrations.Migration):
    dependencies = [("targeting", "0002_kept_rankings")]
    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} SET UNLOGGED", f"ALTER TABLE {table} SET LOGGED"
        )
        for table in TABLES
    ]
