"""A photo says which phone brought it, so that an ended one brings few."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_devices'),
        ('field', '0003_second_photos_are_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='photo',
            name='device',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.device'),
        ),
    ]
