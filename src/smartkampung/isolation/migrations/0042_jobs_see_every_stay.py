"""Say first that a job sees every stay.

Otherwise the policy asks for all reservations, and judges each of them, before it
answers for the first stay: a nightly pass over the whole regency paid for it each time.
"""

from django.db import migrations

TABLES = ("isolation_stay", "isolation_stayevent")
JOB = "current_setting('sk.actor', true) = 'job'"
SEEN = "reservation_id IN (SELECT id FROM isolation_reservation)"


def _judged_by(rule: str) -> str:
    return "".join(
        f"ALTER POLICY {table}_with_reservation ON {table}"
        f" USING ({rule}) WITH CHECK ({rule});"
        for table in TABLES
    )


class Migration(migrations.Migration):
    dependencies = [("isolation", "0041_outgoing_security")]
    operations = [
        migrations.RunSQL(_judged_by(f"{JOB} OR {SEEN}"), _judged_by(SEEN))
    ]
