import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('residents', '0009_life_events'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='update_update',
        ),
        migrations.AddField(
            model_name='person',
            name='merged_into',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='residents.person'),
        ),
        migrations.AddField(
            model_name='personevent',
            name='merged_into',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='residents.person'),
        ),
        migrations.AlterField(
            model_name='person',
            name='status',
            field=models.CharField(choices=[('living', 'Living'), ('dead', 'Dead'), ('moved', 'Moved'), ('missing', 'Missing'), ('merged', 'Merged')], default='living', max_length=8),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='status',
            field=models.CharField(choices=[('living', 'Living'), ('dead', 'Dead'), ('moved', 'Moved'), ('missing', 'Missing'), ('merged', 'Merged')], default='living', max_length=8),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "residents_personevent" ("birth_place", "blood_type", "born_on", "citizenship", "education", "family_id", "father_name", "id", "marital_status", "merged_into_id", "mother_name", "name", "name_folded", "nik", "nik_flags", "nik_index", "occupation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_code", "relation", "religion", "sex", "status", "temporary_id") SELECT new_values."birth_place", new_values."blood_type", new_values."born_on", new_values."citizenship", new_values."education", new_values."family_id", new_values."father_name", new_values."id", new_values."marital_status", new_values."merged_into_id", new_values."mother_name", new_values."name", new_values."name_folded", new_values."nik", new_values."nik_flags", new_values."nik_index", new_values."occupation", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."region_code", new_values."relation", new_values."religion", new_values."sex", new_values."status", new_values."temporary_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='96f0c8b1fd2d832f24f9e8f4b5330bcdce25b95c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e6acb', referencing='REFERENCING NEW TABLE AS new_values ', table='residents_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "residents_personevent" ("birth_place", "blood_type", "born_on", "citizenship", "education", "family_id", "father_name", "id", "marital_status", "merged_into_id", "mother_name", "name", "name_folded", "nik", "nik_flags", "nik_index", "occupation", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_code", "relation", "religion", "sex", "status", "temporary_id") SELECT new_values."birth_place", new_values."blood_type", new_values."born_on", new_values."citizenship", new_values."education", new_values."family_id", new_values."father_name", new_values."id", new_values."marital_status", new_values."merged_into_id", new_values."mother_name", new_values."name", new_values."name_folded", new_values."nik", new_values."nik_flags", new_values."nik_index", new_values."occupation", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."region_code", new_values."relation", new_values."religion", new_values."sex", new_values."status", new_values."temporary_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2baf6670fb73fdb201e8280287abb0b262101200', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_39e95', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='residents_person', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('status', 'merged')), models.Q(models.Q(('status', 'merged'), _negated=True), ('merged_into', None)), _connector='OR'), name='person_merged_has_a_survivor'),
        ),
    ]
