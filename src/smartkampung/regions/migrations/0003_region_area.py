"""How large a village is, where a source tells it: empty for all that old code writes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_region_synthetic")]
    operations = [
        migrations.AddField("region", "area_km2", models.FloatField(null=True))
    ]
