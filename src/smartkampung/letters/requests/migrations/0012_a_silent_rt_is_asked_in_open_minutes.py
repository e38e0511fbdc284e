"""An RT that is asked anew has open minutes; who is stuck already is looked at."""

from django.db import migrations, models

# What waits for an RT was marked late by versions that told nobody of the village: the
# job finds it once more.
STUCK = """
SELECT set_config('sk.actor', 'job', true);
UPDATE requests_letterrequest SET urged_at = NULL
 WHERE state = 'confirm' AND urged_at IS NOT NULL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('requests', '0011_asked_by_kin'),
    ]

    operations = [
        migrations.AddField(
            model_name='letterrequest',
            name='answer_by',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(STUCK, migrations.RunSQL.noop),
    ]
