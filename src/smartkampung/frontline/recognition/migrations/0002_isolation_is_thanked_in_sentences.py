"""Own words of thanks for isolation become a sentence, and no new ones are taken."""

from django.db import migrations, models
from django.db.models import Q

SQL = """
UPDATE recognition_thanks SET sentence = 'kind', words = ''
 WHERE service = 'isolation' AND words <> '';
"""


class Migration(migrations.Migration):
    """Adds the promise, after what stands already keeps it."""

    dependencies = [("recognition", "0001_thanks_and_weeks")]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="thanks",
            constraint=models.CheckConstraint(
                condition=~Q(service="isolation") | Q(words=""),
                name="thanks_isolation_in_sentences",
            ),
        ),
    ]
