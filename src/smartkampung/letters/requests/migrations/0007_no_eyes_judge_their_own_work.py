"""Who wrote does not check, who looked twice does not sign; the RT says so anew."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# What the history says already. Who checked what they wrote down has done so: nothing
# of the past is rewritten, so these are not counted among the hands.
SQL = """
SELECT set_config('sk.actor', 'job', true);
UPDATE requests_letterrequest r SET
  confirmed = EXISTS (SELECT FROM requests_letterstep s
                       WHERE s.request_id = r.id AND s.did = 'confirmed'),
  hands = ARRAY(SELECT DISTINCT s.by FROM requests_letterstep s
                 WHERE s.request_id = r.id AND s.did IN ('asked', 'confirmed', 'amended')
                   AND s.by NOT IN ('family', r.checked_by));
"""


class Migration(migrations.Migration):

    dependencies = [
        ('requests', '0006_ready_and_brought'),
        ('residents', '0010_person_merged_into'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='letterrequest',
            name='letter_request_steps_in_order',
        ),
        migrations.RemoveConstraint(
            model_name='letterrequest',
            name='letter_request_checked_has_facts',
        ),
        migrations.RemoveField(
            model_name='letterrequest',
            name='facts_hash',
        ),
        migrations.RemoveField(
            model_name='letterrequest',
            name='returned_from',
        ),
        migrations.AddField(
            model_name='letterrequest',
            name='confirmed',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='letterrequest',
            name='hands',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), default=list, size=None),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='letterrequest',
            trigger=pgtrigger.compiler.Trigger(name='letter_request_steps_in_order', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF OLD.state <> NEW.state AND NOT ((OLD.state = 'confirm' AND NEW.state IN ('cancelled', 'check', 'refused', 'returned')) OR (OLD.state = 'check' AND NEW.state IN ('cancelled', 'confirm', 'refused', 'returned', 'review', 'sign')) OR (OLD.state = 'review' AND NEW.state IN ('cancelled', 'check', 'confirm', 'refused', 'returned', 'sign')) OR (OLD.state = 'sign' AND NEW.state IN ('cancelled', 'check', 'confirm', 'cosign', 'issued', 'refused', 'returned')) OR (OLD.state = 'cosign' AND NEW.state IN ('check', 'confirm', 'issued', 'refused', 'returned')) OR (OLD.state = 'returned' AND NEW.state IN ('cancelled', 'check', 'confirm', 'refused'))) THEN\n                RAISE EXCEPTION 'a request takes no such step' USING ERRCODE = 'check_violation',\n                    CONSTRAINT = 'letter_request_steps_in_order';\n            END IF;\n            RETURN NEW;\n        ", hash='8fdd61f42a794206e59130dd563ead2596af5e04', operation='UPDATE', pgid='pgtrigger_letter_request_steps_in_order_8152b', table='requests_letterrequest', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='letterrequest',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by', ''), models.Q(('hands__contains', [models.F('checked_by')]), _negated=True), _connector='OR'), name='letter_request_checked_by_another'),
        ),
        # Letters signed by their reviewer before today stay: only new ones are held to it.
        AddConstraintNotValid(
            model_name='letterrequest',
            constraint=models.CheckConstraint(condition=models.Q(('signed_by', ''), models.Q(('signed_by', models.F('reviewed_by')), _negated=True), _connector='OR'), name='letter_request_signed_by_no_reviewer'),
        ),
        migrations.AddConstraint(
            model_name='letterrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_by', ''), ('facts', None)), models.Q(models.Q(('checked_by', ''), _negated=True), ('facts__isnull', False)), _connector='OR'), name='letter_request_checked_has_facts'),
        ),
    ]
