"""Which kinds of programmes exclude each other, until the office says otherwise."""

from django.db import migrations

KINDS = (
    "cash_for_work",
    "market_access",
    "micro_capital",
    "placement",
    "tools",
    "training",
)
PAIRS = [
    *((kind, kind) for kind in KINDS),
    ("cash_for_work", "placement"),
    ("cash_for_work", "training"),
    ("micro_capital", "tools"),
]


def write(apps, schema_editor):
    pairs = apps.get_model("recovery", "KindPair")
    pairs.objects.bulk_create(pairs(first=one, second=two) for one, two in PAIRS)


def forget(apps, schema_editor):
    apps.get_model("recovery", "KindPair").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [("recovery", "0001_programmes")]

    operations = [migrations.RunPython(write, forget)]
