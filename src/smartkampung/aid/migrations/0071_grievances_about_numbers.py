"""A grievance may be about a NIK, a family card or a phone: what was typed is sealed."""

from django.db import migrations, models
from django.db.models import Q

import smartkampung.kernel.sealed


class Migration(migrations.Migration):

    dependencies = [("aid", "0070_recalls_contradicted")]

    operations = [
        migrations.AddField(
            model_name="grievance",
            name="wanted_sealed",
            field=smartkampung.kernel.sealed.SealedField(
                null=True, purpose="correction"
            ),
        ),
        migrations.RemoveConstraint(
            model_name="grievance", name="grievance_tells_enough"
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                name="grievance_tells_enough",
                condition=Q(kind="data_wrong", nik__isnull=False)
                & ~Q(field="")
                & (~Q(wanted="") | Q(wanted_sealed__isnull=False))
                | Q(kind__in=["not_paid", "paid_less"], nik__isnull=False)
                | Q(kind="conduct") & ~Q(office="")
                | Q(kind="listed", entry__isnull=False) & ~Q(listing="")
                | Q(kind="question"),
            ),
        ),
        migrations.AddConstraint(
            model_name="grievance",
            constraint=models.CheckConstraint(
                name="grievance_numbers_are_sealed",
                condition=~Q(field__in=["nik", "kk", "phone"]) | Q(wanted=""),
            ),
        ),
    ]
