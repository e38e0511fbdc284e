"""Counts of hits, and one-time codes of which a subject has one unspent."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HitCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(max_length=40)),
                ('key_hash', models.BinaryField()),
                ('window_start', models.DateTimeField(db_index=True)),
                ('hits', models.IntegerField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name='onetimecode',
            name='one_time_subject',
        ),
        migrations.RemoveField(
            model_name='onetimecode',
            name='used_at',
        ),
        migrations.AddField(
            model_name='onetimecode',
            name='spent_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='onetimecode',
            constraint=models.UniqueConstraint(condition=models.Q(('spent_at', None)), fields=('purpose', 'subject'), name='one_time_code_one_unspent'),
        ),
        migrations.AddConstraint(
            model_name='hitcount',
            constraint=models.UniqueConstraint(fields=('scope', 'key_hash', 'window_start'), name='hit_count_once_a_window'),
        ),
        # Counts may vanish in a crash; in return counting waits for no disk.
        migrations.RunSQL(
            "ALTER TABLE intake_hitcount SET UNLOGGED", migrations.RunSQL.noop
        ),
    ]
