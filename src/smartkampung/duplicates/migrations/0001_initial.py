import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('residents', '0010_person_merged_into'),
    ]

    operations = [
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model_version', models.CharField(max_length=40)),
                ('started_at', models.DateTimeField()),
                ('started_by', models.CharField(max_length=150)),
                ('finished_at', models.DateTimeField(null=True)),
                ('people', models.IntegerField(default=0)),
                ('pairs', models.IntegerField(default=0)),
                ('proposed', models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('merged_at', models.DateTimeField()),
                ('merged_by', models.CharField(max_length=150)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.CharField(blank=True, max_length=150)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('absorbed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.person')),
                ('survivor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.person')),
            ],
        ),
        migrations.CreateModel(
            name='MergeChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=80)),
                ('row', models.CharField(max_length=60)),
                ('column', models.CharField(max_length=80)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('kept', models.BooleanField(default=False)),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='duplicates.merge')),
            ],
        ),
        migrations.CreateModel(
            name='NameShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('column', models.CharField(max_length=20)),
                ('value', models.CharField(db_collation='C', max_length=120)),
                ('share', models.FloatField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('column', 'value'), name='name_share_once')],
            },
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.FloatField()),
                ('why', models.JSONField()),
                ('model_version', models.CharField(max_length=40)),
                ('region_code', models.CharField(db_collation='C', max_length=30)),
                ('found_at', models.DateTimeField()),
                ('unsure_by', models.CharField(blank=True, max_length=150)),
                ('decision', models.CharField(blank=True, choices=[('same', 'Same'), ('different', 'Different')], max_length=9)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=150)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='residents.person')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='residents.person')),
            ],
        ),
        migrations.AddField(
            model_name='merge',
            name='pair',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='duplicates.pair'),
        ),
        migrations.AddIndex(
            model_name='pair',
            index=models.Index(condition=models.Q(('decided_at', None)), fields=['region_code', '-weight'], name='pair_open'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='pair_proposed_once'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='pair_is_ordered'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', ''), ('decision', '')), models.Q(('decided_at__isnull', False), models.Q(('decision', ''), _negated=True), models.Q(('decided_by', ''), _negated=True)), _connector='OR'), name='pair_decision_has_a_decider'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('absorbed',), name='merge_absorbed_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('survivor', models.F('absorbed')), _negated=True), name='merge_of_two_records'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', '')), models.Q(('undone_at__isnull', False), models.Q(('undone_by', ''), _negated=True)), _connector='OR'), name='merge_undone_by_somebody'),
        ),
    ]
