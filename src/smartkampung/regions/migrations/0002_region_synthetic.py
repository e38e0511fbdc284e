"""Made-up RW and RT of a demo say so. Old code does not know the column: it has a default."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]
    operations = [
        migrations.AddField(
            "region",
            "synthetic",
            models.BooleanField(default=False, db_default=False),
        )
    ]
