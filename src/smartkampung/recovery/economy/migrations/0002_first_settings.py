"""What holds until an office says otherwise: compare with 2019; told below 60, above 90."""

from datetime import date, datetime, timezone

from django.db import migrations

BEFORE = datetime(2020, 1, 1, tzinfo=timezone.utc)
REFERENCE = "Bawaan program; belum ditetapkan / program default, not yet decided"
FIRST = [
    ("baseline", {"year": 2019}),
    ("thresholds", {"falls_below": 60, "recovers_above": 90}),
]


def write(apps, schema_editor):
    model = apps.get_model("economy", "Setting")
    model.objects.bulk_create(
        model(
            kind=kind,
            since=date(2020, 1, 1),
            body=body,
            reference=REFERENCE,
            by="seed",
            at=BEFORE,
        )
        for kind, body in FIRST
    )


class Migration(migrations.Migration):
    dependencies = [("economy", "0001_figures")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
