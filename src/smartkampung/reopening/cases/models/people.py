"""Who is ill, and in which house: behind row-level security of health."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import refuse_when
from smartkampung.kernel.sealed import SealedField
from smartkampung.residents.models import NIK

# A mark tells of a case what zones need: where, when, and from when until when known.
KEEP_MARKS = """
IF TG_OP = 'INSERT' THEN
    INSERT INTO cases_mark (case_id, region_code, house, confirmed_on, known_from)
    VALUES (NEW.id, NEW.region_code, NEW.house_id, NEW.confirmed_on, NEW.recorded_at);
ELSE
    UPDATE cases_mark SET known_until = NEW.withdrawn_at WHERE case_id = NEW.id;
END IF;
RETURN NEW;
"""


class House(models.Model):
    """A house of an RT (of a village while the RT is unknown) that had a case.

    ``key`` is the address as it was typed, folded, or the family card; families on one
    card are in one house. Promises kept by the database: an address of an RT is one
    house (``case_house_once``), and so is a family card (``case_house_of_family_once``).
    """

    region_code = models.CharField(max_length=30, db_collation="C")
    key = models.CharField(max_length=120)
    family = models.ForeignKey(
        "residents.Family", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "key"], name="case_house_once"
            ),
            models.UniqueConstraint(
                fields=["region_code", "family"], name="case_house_of_family_once"
            ),
        ]


class Case(models.Model):
    """One confirmed case, as somebody recorded it and until somebody withdrew it.

    A correction withdraws a row and records another that ``replaces`` it, so that what
    was known on any day can be told. ``person`` is the resident where the NIK was found
    in the registry. Promises kept by the database: a NIK has one case in ninety days
    in a village (``case_of_a_nik_once``), and comes with its fingerprint (``case_nik_is_indexed``);
    nobody records what is still to come (``case_confirmed_by_then``); what ended says
    when, not before it began (``case_end_says_when``); withdrawn says by whom and why
    (``case_withdrawn_says_why``), once (``case_withdrawn_for_good``); nothing else is
    ever changed (``case_only_withdrawn``) or deleted (``case_kept``); a row is corrected
    by one other (``case_corrected_once``).
    """

    class Outcome(models.TextChoices):
        ILL = "ill"
        RECOVERED = "recovered"
        DIED = "died"

    class Source(models.TextChoices):
        CENTRE = "centre"  # typed at the Puskesmas
        FILE = "file"
        HOUSE = "house"  # an isolation house confirmed it

    region_code = models.CharField(max_length=30, db_collation="C")
    house = models.ForeignKey(House, models.PROTECT, related_name="cases")
    address = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120)
    nik = SealedField(purpose=NIK, null=True)
    nik_index = models.BinaryField(null=True)
    person = models.ForeignKey(
        "residents.Person", models.PROTECT, null=True, related_name="+"
    )
    confirmed_on = models.DateField()
    outcome = models.CharField(
        max_length=9, choices=Outcome.choices, default=Outcome.ILL
    )
    outcome_on = models.DateField(null=True)
    source = models.CharField(max_length=6, choices=Source.choices)
    file = models.ForeignKey("CaseFile", models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=150)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=150, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["replaces"], name="case_corrected_once"),
            models.CheckConstraint(
                name="case_nik_is_indexed",
                condition=Q(nik=None, nik_index=None)
                | Q(nik__isnull=False, nik_index__isnull=False),
            ),
            models.CheckConstraint(
                name="case_end_says_when",
                condition=Q(outcome="ill", outcome_on=None)
                | ~Q(outcome="ill")
                & Q(outcome_on__isnull=False, outcome_on__gte=F("confirmed_on")),
            ),
            models.CheckConstraint(
                name="case_withdrawn_says_why",
                condition=Q(withdrawn_at=None, withdrawn_by="", withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_at__gte=F("recorded_at"))
                & ~Q(withdrawn_by="")
                & ~Q(withdrawn_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "confirmed_on"], name="case_of_region"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="case_only_withdrawn",
                exclude=["withdrawn_at", "withdrawn_by", "withdrawn_reason"],
            ),
            refuse_when(
                "case_withdrawn_for_good",
                "OLD.withdrawn_at IS NOT NULL"
                " AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at",
                "a case is withdrawn once",
                pgtrigger.Update,
            ),
            pgtrigger.Protect(name="case_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="keep_marks",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("withdrawn_at"),
                func=KEEP_MARKS,
            ),
        ]
