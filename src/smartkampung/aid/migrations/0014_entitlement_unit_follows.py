import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('aid', '0013_claim_stopped'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='entitlement',
            trigger=pgtrigger.compiler.Trigger(name='keep_unit_key', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NEW.unit_key = 'person:' || OLD.person_id THEN\n            NEW.unit_key = 'person:' || NEW.person_id;\n        ELSIF NEW.unit_key = 'family:' || OLD.family_id THEN\n            NEW.unit_key = 'family:' || NEW.family_id;\n        END IF;\n        RETURN NEW;\n    ", hash='a64434e3ebc6cf49d88a55d48a4e150e81ff2c2c', operation='UPDATE OF "person_id", "family_id"', pgid='pgtrigger_keep_unit_key_df128', table='aid_entitlement', when='BEFORE')),
        ),
    ]
