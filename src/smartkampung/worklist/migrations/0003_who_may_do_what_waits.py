"""Who asked for a decision leaves it to a colleague; who only knows receives nobody."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

# People who come were work of everybody who is told of them: now of who lets them in.
RECEIVE = """
    UPDATE worklist_workitem SET permission = 'isolation.arrival_await'
    WHERE kind = 'isolation.expected' AND closed_at IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [("worklist", "0002_work_given_to_a_colleague")]
    operations = [
        migrations.AddField(
            model_name="workitem",
            name="not_by",
            field=ArrayField(
                models.CharField(max_length=150), default=list, db_default=[]
            ),
        ),
        migrations.RunSQL(RECEIVE, migrations.RunSQL.noop),
    ]
