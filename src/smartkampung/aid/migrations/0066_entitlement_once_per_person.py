"""Nobody is entitled twice for a period on two family cards."""

from django.db import migrations, models

TWICE = """
    SELECT count(*) FROM (
        SELECT FROM aid_entitlement WHERE NOT cancelled
        GROUP BY programme_id, person_id, period HAVING count(*) > 1
    ) twice
"""


def say_who_has_it_twice(apps, schema_editor):
    """Stop before the constraint does, with what to do; nothing is changed here."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(TWICE)
        (people,) = cursor.fetchone()
    if people:
        raise RuntimeError(
            f"{people} people are entitled twice for one period. The auditor's page"
            " of aid given twice lists them: give one of each two back on its page"
            " with the version before, and upgrade again."
        )


class Migration(migrations.Migration):
    dependencies = [("aid", "0065_recalls")]
    operations = [
        migrations.RunPython(say_who_has_it_twice, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled", False)),
                fields=("programme", "person", "period"),
                name="entitlement_once_per_person",
            ),
        ),
    ]
