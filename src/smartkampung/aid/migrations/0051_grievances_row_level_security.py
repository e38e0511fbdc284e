"""Grievances stand behind row-level security, and never before whom they are about.

Conduct is seen from the desk upwards only; everything else in its village, too.
"""

from django.db import migrations

from smartkampung.kernel.rls import hidden_from_sql, policies_sql, tracked

SEEN_IN = "CASE WHEN {0}.kind = 'conduct' THEN {0}.desk_code ELSE {0}.region_code END"
OF = "(SELECT {0} FROM aid_grievance g WHERE g.id = grievance_id)"

SQL = (
    policies_sql(
        "aid_grievance",
        region=SEEN_IN.format("aid_grievance"),
        public=tracked("code_hash"),
    )
    + hidden_from_sql("aid_grievance", about="about_id")
    + policies_sql(
        "aid_grievanceevent",
        region=OF.format(SEEN_IN.format("g")),
        public=OF.format(tracked("g.code_hash")),
    )
    + policies_sql("aid_targetingerror", region="region_code")
)


class Migration(migrations.Migration):
    dependencies = [("aid", "0050_grievances")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
