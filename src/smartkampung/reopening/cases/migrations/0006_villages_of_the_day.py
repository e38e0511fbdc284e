"""Keep which villages there were on the night that a day was decided."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0005_once_in_a_village"),
    ]

    operations = [
        migrations.AddField(
            model_name="zoneday",
            name="villages",
            field=models.JSONField(default=dict),
        ),
    ]
