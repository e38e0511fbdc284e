"""What is told of cuts and lists is seen from the desk upwards only, as conduct is."""

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from smartkampung.kernel.rls import policies_sql, tracked

SEEN_IN = (
    "CASE WHEN {0}.kind IN ('conduct', 'paid_less', 'listed')"
    " THEN {0}.desk_code ELSE {0}.region_code END"
)
OF = "(SELECT {0} FROM aid_grievance g WHERE g.id = grievance_id)"


def _again(table: str, *, region: str, public: str) -> str:
    dropped = "".join(
        f"DROP POLICY {table}_{who} ON {table};" for who in ("staff", "job", "public")
    )
    return dropped + policies_sql(table, region=region, public=public)


SQL = _again(
    "aid_grievance",
    region=SEEN_IN.format("aid_grievance"),
    public=tracked("code_hash"),
) + _again(
    "aid_grievanceevent",
    region=OF.format(SEEN_IN.format("g")),
    public=OF.format(tracked("g.code_hash")),
)


class Migration(migrations.Migration):
    dependencies = [("aid", "0081_makers")]
    operations = [
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                condition=~Q(kind__in=["paid_less", "listed"])
                | Q(LessThanOrEqual(Length("desk_code"), 8)),
                name="grievance_about_the_village_goes_up",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
