"""A second photo is named by a key, so that no clean-up takes it away."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Until now its record was only called like it.
SQL = """
SELECT set_config('sk.actor', 'job', true);
UPDATE field_record SET other_photo_id = u.id FROM intake_upload u
 WHERE u.id = field_record.form_id AND code = 'second_photo';
"""


class Migration(migrations.Migration):
    """Adds the key."""

    dependencies = [
        ('field', '0002_place_and_health'),
        ('intake', '0003_one_code_a_subject'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='record',
            name='field_record_keeps_what_came',
        ),
        migrations.AddField(
            model_name='record',
            name='other_photo',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.upload'),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='record',
            trigger=pgtrigger.compiler.Trigger(name='field_record_keeps_what_came', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."form_id" IS DISTINCT FROM (NEW."form_id") OR OLD."first_id" IS DISTINCT FROM (NEW."first_id") OR OLD."device_id" IS DISTINCT FROM (NEW."device_id") OR OLD."staff_id" IS DISTINCT FROM (NEW."staff_id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."target" IS DISTINCT FROM (NEW."target") OR OLD."mac" IS DISTINCT FROM (NEW."mac") OR OLD."envelope" IS DISTINCT FROM (NEW."envelope") OR OLD."photos" IS DISTINCT FROM (NEW."photos") OR OLD."other_photo_id" IS DISTINCT FROM (NEW."other_photo_id") OR OLD."saved_at" IS DISTINCT FROM (NEW."saved_at") OR OLD."happened_at" IS DISTINCT FROM (NEW."happened_at") OR OLD."clock_off_s" IS DISTINCT FROM (NEW."clock_off_s") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d3ed0dfdf6b190a9140cce081d4e40be12a3914e', operation='UPDATE', pgid='pgtrigger_field_record_keeps_what_came_5c9d2', table='field_record', when='BEFORE')),
        ),
    ]
