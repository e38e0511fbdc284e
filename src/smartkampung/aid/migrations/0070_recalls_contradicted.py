"""A later answer to a recall that says otherwise is kept, so that it is work once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("aid", "0069_point_leftovers")]

    operations = [
        migrations.AddField(
            model_name="paymentrecall",
            name="contradicted_by",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
