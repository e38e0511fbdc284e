"""What was on the screen is kept with the reading; holidays are loaded by the year."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('requests', '0007_no_eyes_judge_their_own_work'),
    ]

    operations = [
        migrations.CreateModel(
            name='HolidayList',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('days', models.JSONField()),
                ('source', models.CharField(max_length=200)),
                ('loaded_by', models.CharField(max_length=150)),
                ('loaded_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='letterread',
            name='letter_read_once',
        ),
        migrations.AddField(
            model_name='letterread',
            name='shown',
            field=models.CharField(default='', max_length=64),
        ),
        migrations.AddConstraint(
            model_name='letterread',
            constraint=models.UniqueConstraint(fields=('request', 'version', 'by', 'shown'), name='letter_read_once'),
        ),
    ]
