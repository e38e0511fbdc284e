
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import smartkampung.kernel.sealed
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('residents', '0005_phone_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='FamilyDecileEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('decile', models.SmallIntegerField()),
                ('source', models.CharField(max_length=60)),
                ('on', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(choices=[('opensid', 'opensid'), ('opendk', 'opendk'), ('people', 'people'), ('desil', 'desil'), ('recipients', 'recipients')], max_length=10)),
                ('region_code', models.CharField(db_collation='C', max_length=30)),
                ('file_name', models.CharField(max_length=120)),
                ('file_size', models.BigIntegerField()),
                ('file_hash', models.BinaryField()),
                ('path', models.CharField(blank=True, max_length=80)),
                ('rejections_path', models.CharField(blank=True, max_length=80)),
                ('options', models.JSONField(default=dict)),
                ('received_by', models.CharField(max_length=150)),
                ('received_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('received', 'Received'), ('ready', 'Ready'), ('unusable', 'Unusable'), ('applying', 'Applying'), ('applied', 'Applied'), ('undoing', 'Undoing'), ('undone', 'Undone'), ('discarded', 'Discarded')], default='received', max_length=9)),
                ('problem', models.JSONField(default=dict)),
                ('counts', models.JSONField(default=dict)),
                ('columns', models.JSONField(default=dict)),
                ('fingerprint', models.BinaryField(default=bytes)),
                ('changed_meanwhile', models.BooleanField(default=False)),
                ('context', models.UUIDField(null=True, unique=True)),
                ('added', models.JSONField(default=dict)),
                ('applied_by', models.CharField(blank=True, max_length=150)),
                ('applied_at', models.DateTimeField(null=True)),
                ('undone_by', models.CharField(blank=True, max_length=150)),
                ('undone_at', models.DateTimeField(null=True)),
                ('kept', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='ImportProgress',
            fields=[
                ('batch_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('done', models.BigIntegerField()),
                ('total', models.BigIntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ImportReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('birth_date', 'Birth Date'), ('other_person', 'Other Person'), ('elsewhere', 'Elsewhere'), ('now_has_nik', 'Now Has Nik'), ('had_nik', 'Had Nik'), ('twice_in_file', 'Twice In File'), ('back_to_life', 'Back To Life'), ('card_elsewhere', 'Card Elsewhere'), ('numbers_disagree', 'Numbers Disagree')], max_length=16)),
                ('line', models.IntegerField()),
                ('region_code', models.CharField(db_collation='C', max_length=30)),
                ('other_region', models.CharField(blank=True, db_collation='C', max_length=30)),
                ('box', smartkampung.kernel.sealed.SealedField(purpose='import')),
                ('fingerprint', models.BinaryField()),
                ('opened_at', models.DateTimeField()),
                ('decision', models.CharField(blank=True, choices=[('same_person', 'Same Person'), ('another_person', 'Another Person'), ('move_here', 'Move Here'), ('join_card', 'Join Card'), ('dismiss', 'Dismiss')], max_length=14)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=150)),
                ('reason', models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('new', 'New'), ('changed', 'Changed'), ('rejected', 'Rejected'), ('review', 'Review'), ('noted', 'Noted')], max_length=8)),
                ('line', models.IntegerField()),
                ('person_id', models.BigIntegerField(null=True)),
                ('box', smartkampung.kernel.sealed.SealedField(purpose='import')),
            ],
        ),
        migrations.CreateModel(
            name='PersonDetail',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='detail', serialize=False, to='residents.person')),
                ('box', smartkampung.kernel.sealed.SealedField(purpose='details')),
            ],
        ),
        migrations.CreateModel(
            name='PersonDetailEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('box', smartkampung.kernel.sealed.SealedField(purpose='details')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FamilyDecile',
            fields=[
                ('family', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='decile', serialize=False, to='residents.family')),
                ('decile', models.SmallIntegerField()),
                ('source', models.CharField(max_length=60)),
                ('on', models.DateField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('decile__gte', 1), ('decile__lte', 10)), name='family_decile_is_1_to_10')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='familydecile',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "residents_familydecileevent" ("decile", "family_id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."decile", new_values."family_id", new_values."on", _pgh_attached_context.value, NOW(), \'insert\', new_values."family_id", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e0ae64cb331f3e77222e794767e561087cc99127', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ea54c', referencing='REFERENCING NEW TABLE AS new_values ', table='residents_familydecile', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='familydecile',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "residents_familydecileevent" ("decile", "family_id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") SELECT new_values."decile", new_values."family_id", new_values."on", _pgh_attached_context.value, NOW(), \'update\', new_values."family_id", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."family_id") = (new_values."family_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1880c56e530a2e41d88a6ea9db760681e5699bec', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_5f682', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='residents_familydecile', when='AFTER')),
        ),
        migrations.AddField(
            model_name='familydecileevent',
            name='family',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='residents.family'),
        ),
        migrations.AddField(
            model_name='familydecileevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='familydecileevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='residents.familydecile'),
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['region_code', '-received_at'], name='import_region'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applied_at', None), ('applied_by', ''), ('context', None)), models.Q(('applied_at__isnull', False), ('context__isnull', False), models.Q(('applied_by', ''), _negated=True)), _connector='OR'), name='import_applied_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', '')), models.Q(('applied_at__isnull', False), ('undone_at__gte', models.F('applied_at')), models.Q(('undone_by', ''), _negated=True)), _connector='OR'), name='import_undone_after_applied'),
        ),
        migrations.AddField(
            model_name='importreview',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='residents.import'),
        ),
        migrations.AddField(
            model_name='importreview',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='residents.person'),
        ),
        migrations.AddField(
            model_name='importrow',
            name='batch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='residents.import'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='persondetail',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "residents_persondetailevent" ("box", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."box", new_values."person_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."person_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c0852c39036f63bf24753a410b1ab7236669e19e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e278a', referencing='REFERENCING NEW TABLE AS new_values ', table='residents_persondetail', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='persondetail',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "residents_persondetailevent" ("box", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."box", new_values."person_id", _pgh_attached_context.value, NOW(), \'update\', new_values."person_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."person_id") = (new_values."person_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6cc55a7bc8bb06d32992b6d0efeb1ebde314d221', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d17c3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='residents_persondetail', when='AFTER')),
        ),
        migrations.AddField(
            model_name='persondetailevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='residents.person'),
        ),
        migrations.AddField(
            model_name='persondetailevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='persondetailevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='residents.persondetail'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='familydecileevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='342bd200120dd812d6b9e4f4c20b8a33f68f67e1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0b4be', table='residents_familydecileevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='importreview',
            index=models.Index(condition=models.Q(('decided_at', None)), fields=['region_code', 'opened_at'], name='import_review_open'),
        ),
        migrations.AddIndex(
            model_name='importreview',
            index=models.Index(fields=['fingerprint'], name='import_review_print'),
        ),
        migrations.AddConstraint(
            model_name='importreview',
            constraint=models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('fingerprint',), name='import_review_open_once'),
        ),
        migrations.AddConstraint(
            model_name='importreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', ''), ('decision', '')), models.Q(('decided_at__isnull', False), models.Q(('decision', ''), _negated=True), models.Q(('decided_by', ''), _negated=True)), _connector='OR'), name='import_review_decided_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(fields=['batch', 'outcome', 'line'], name='import_row_list'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='persondetailevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='61cc3d203ef7e6eac40b9dcaf48900a7459f1aea', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_930d2', table='residents_persondetailevent', when='BEFORE')),
        ),
    ]
