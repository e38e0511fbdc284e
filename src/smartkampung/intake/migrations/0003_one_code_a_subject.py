"""A newer one-time code takes the row of the older one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_hit_counts_and_spent_codes'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='onetimecode',
            name='one_time_code_one_unspent',
        ),
        migrations.AddConstraint(
            model_name='onetimecode',
            constraint=models.UniqueConstraint(fields=('purpose', 'subject'), name='one_time_code_one_a_subject'),
        ),
    ]
