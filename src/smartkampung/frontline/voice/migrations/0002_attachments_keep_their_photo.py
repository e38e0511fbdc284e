"""A photo of an announcement is named by a key, so that no clean-up takes it away."""

import django.db.models.deletion
from django.db import migrations, models

# What stands already gets its key, too; the trigger lets nobody else change a row.
SQL = """
ALTER TABLE voice_attachment DISABLE TRIGGER USER;
UPDATE voice_attachment SET upload_id = u.id FROM intake_upload u
 WHERE u.path = voice_attachment.path;
ALTER TABLE voice_attachment ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    """Adds the key."""

    dependencies = [
        ('intake', '0003_one_code_a_subject'),
        ('voice', '0001_announcements_and_broadcasts'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='upload',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.upload'),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
