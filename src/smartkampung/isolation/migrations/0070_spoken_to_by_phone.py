"""Whoever was only spoken to by phone was not seen: an outcome of its own."""

from django.db import migrations, models

OUTCOMES = [
    ("seen", "SEEN"),
    ("called", "CALLED"),
    ("reported", "REPORTED"),
    ("absent", "ABSENT"),
    ("refused", "REFUSED"),
    ("not_attempted", "NOT_ATTEMPTED"),
]


class Migration(migrations.Migration):
    dependencies = [("isolation", "0075_gate")]
    operations = [
        migrations.AlterField(
            model_name="check",
            name="outcome",
            field=models.CharField(max_length=13, choices=OUTCOMES),
        )
    ]
