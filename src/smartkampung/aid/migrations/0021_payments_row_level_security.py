"""Who is paid what, and to which account, stands behind row-level security."""

from django.db import migrations

from smartkampung.kernel.rls import policies_sql

BATCH = "(SELECT b.region_code FROM aid_paymentbatch b WHERE b.id = batch_id)"
NOTICE = (
    "(SELECT b.region_code FROM aid_payment p JOIN aid_paymentbatch b"
    " ON b.id = p.batch_id WHERE p.id = payment_id)"
)
# That something is paid also bars officers of the village from handing it over.
PAID = f"COALESCE({BATCH}, (SELECT e.region_code FROM aid_entitlement e WHERE e.id = entitlement_id))"
SQL = (
    policies_sql("aid_bankaccount", region="region_code")
    + policies_sql("aid_paymentbatch", region="region_code")
    + policies_sql("aid_payment", region=PAID)
    + policies_sql("aid_paymentanswer", region=BATCH)
    + policies_sql("aid_paymentnotice", region=NOTICE)
)


class Migration(migrations.Migration):
    dependencies = [("aid", "0020_payments")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
