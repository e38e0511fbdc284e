"""A grievance, everything that happened to it, and the errors that it proved."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from smartkampung.aid.grievances.rules import (
    Desk,
    EventKind,
    Kind,
    Office,
    Remedy,
    State,
)
from smartkampung.aid.models.promises import append_only, refuse_when
from smartkampung.kernel.sealed import SealedField
from smartkampung.residents.corrections.models import WANTED
from smartkampung.residents.models import NIK

_KECAMATAN, _REGENCY = 8, 5


def _choices(
    kind: type[Kind | Office | Desk | State | EventKind | Remedy],
) -> list[tuple[str, str]]:
    return [(one.value, one.name.title()) for one in kind]


def _lies_within(letters: int) -> Q:
    return Q(LessThanOrEqual(Length("desk_code"), letters))


class Grievance(models.Model):
    """Something told without sign-in, followed by a code, answered by a date.

    Only the keyed hash of the code is kept. ``region_code`` is the village it is
    about, ``desk_code`` the place of the office that handles it now. ``about`` is the
    officer complained about, once known; ``first_decided_by`` decided before the
    person asked for a second look.

    Promises kept by the database: a form sent twice is one grievance
    (``grievance_form_once``); each kind tells what is needed to act on it
    (``grievance_tells_enough``); a NIK, a family-card number or a phone that was typed
    is only kept sealed (``grievance_numbers_are_sealed``); conduct lies with an office
    above the one complained about (``grievance_conduct_goes_up``), and a cut or a wrong
    list above the village that made it (``grievance_about_the_village_goes_up``); the
    officer complained about neither handles
    nor decides it (``grievance_kept_from_whom_it_is_about``); it is decided by
    somebody who neither decided before nor handed out or decided that family's aid
    (``grievance_decided_by_somebody_new``); a decision has words, a day and somebody
    who gave it (``grievance_decision_is_whole``). Row-level security hides it from the
    officer it is about, and conduct, cuts and lists from every office below the desk.
    """

    code_hash = models.BinaryField(unique=True)
    form_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=_choices(Kind))
    region_code = models.CharField(max_length=30, db_collation="C")
    desk = models.CharField(max_length=9, choices=_choices(Desk))
    desk_code = models.CharField(max_length=30, db_collation="C")
    programme = models.ForeignKey(
        "aid.Programme", models.PROTECT, null=True, related_name="+"
    )
    text = models.TextField(max_length=1000)
    nik = SealedField(purpose=NIK, null=True)
    person = models.ForeignKey(
        "residents.Person", models.PROTECT, null=True, related_name="+"
    )
    field = models.CharField(max_length=20, blank=True)
    wanted = models.CharField(max_length=200, blank=True)
    wanted_sealed = SealedField(purpose=WANTED, null=True)
    office = models.CharField(max_length=15, choices=_choices(Office), blank=True)
    officer_name = models.CharField(max_length=100, blank=True)
    about = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    listing = models.CharField(max_length=40, blank=True)
    entry = models.IntegerField(null=True)
    told_at = models.DateTimeField()
    promised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=_choices(State), default=State.OPEN)
    taken_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    answer = models.TextField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    first_decided_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    remedy = models.CharField(max_length=11, choices=_choices(Remedy), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_id"], name="grievance_form_once"),
            models.CheckConstraint(
                name="grievance_tells_enough",
                condition=Q(kind="data_wrong", nik__isnull=False)
                & ~Q(field="")
                & (~Q(wanted="") | Q(wanted_sealed__isnull=False))
                | Q(kind__in=["not_paid", "paid_less"], nik__isnull=False)
                | Q(kind="conduct") & ~Q(office="")
                | Q(kind="listed", entry__isnull=False) & ~Q(listing="")
                | Q(kind="question"),
            ),
            models.CheckConstraint(
                name="grievance_numbers_are_sealed",
                condition=~Q(field__in=["nik", "kk", "phone"]) | Q(wanted=""),
            ),
            models.CheckConstraint(
                name="grievance_conduct_goes_up",
                condition=~Q(kind="conduct")
                | Q(office__in=["rt_rw", "village_officer", "village_head"])
                & _lies_within(_KECAMATAN)
                | Q(office__in=["kecamatan", "dinsos"]) & _lies_within(_REGENCY),
            ),
            models.CheckConstraint(
                name="grievance_about_the_village_goes_up",
                condition=~Q(kind__in=["paid_less", "listed"])
                | _lies_within(_KECAMATAN),
            ),
            models.CheckConstraint(
                name="grievance_kept_from_whom_it_is_about",
                condition=Q(about=None)
                | (Q(taken_by=None) | ~Q(taken_by=F("about")))
                & (Q(decided_by=None) | ~Q(decided_by=F("about"))),
            ),
            models.CheckConstraint(
                name="grievance_decision_is_whole",
                condition=Q(
                    state__in=["open", "taken", "asked"],
                    answer="",
                    decided_at=None,
                    decided_by=None,
                    remedy="",
                )
                | Q(
                    state__in=["upheld", "dismissed", "answered"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                )
                & ~Q(answer=""),
            ),
        ]
        indexes = [
            models.Index(fields=["region_code"], name="grievance_region"),
            models.Index(
                fields=["due_at"],
                condition=Q(decided_at=None),
                name="grievance_waits",
            ),
        ]
        triggers = [
            refuse_when(
                "grievance_decided_by_somebody_new",
                """NEW.decided_by_id IS NOT NULL AND (
                    NEW.decided_by_id = NEW.first_decided_by_id
                    OR NEW.kind IN ('not_paid', 'paid_less') AND EXISTS (
                        SELECT 1 FROM aid_handover h
                        JOIN aid_entitlement e ON e.id = h.entitlement_id
                        JOIN residents_person p ON p.family_id = e.family_id
                        WHERE p.id = NEW.person_id
                            AND h.recorded_by_id = NEW.decided_by_id
                        UNION ALL
                        SELECT 1 FROM aid_decision d
                        JOIN aid_claim c ON c.id = d.claim_id
                        WHERE c.person_id = NEW.person_id
                            AND d.decider_id = NEW.decided_by_id))""",
                "whoever decided or handed out before does not decide a grievance",
                operation=pgtrigger.Insert | pgtrigger.Update,
            )
        ]


class GrievanceEvent(models.Model):
    """Something that happened to a grievance, as the person may read it.

    ``note`` is a question, an answer or a reason. Never changed or deleted
    (``grievance_event_append_only``).
    """

    grievance = models.ForeignKey(Grievance, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=_choices(EventKind))
    desk = models.CharField(max_length=9, choices=_choices(Desk))
    note = models.TextField(max_length=1000, blank=True)
    by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        triggers = [append_only("grievance_event_append_only")]


class TargetingError(models.Model):
    """A family that was left out, or received, wrongly: proved by somebody's objection.

    Holds nobody's name: programme, wording of the rule and village only. Each
    objection or grievance (``source``, as work names it) proves one
    (``targeting_error_once``); it is never changed or deleted
    (``targeting_error_append_only``).
    """

    class Kind(models.TextChoices):
        EXCLUSION = "exclusion"
        INCLUSION = "inclusion"

    kind = models.CharField(max_length=9, choices=Kind.choices)
    source = models.CharField(max_length=60)
    programme = models.ForeignKey(
        "aid.Programme", models.PROTECT, null=True, related_name="+"
    )
    version = models.ForeignKey(
        "criteria.RuleVersion", models.PROTECT, null=True, related_name="+"
    )
    region_code = models.CharField(max_length=30, db_collation="C")
    found_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source"], name="targeting_error_once")
        ]
        indexes = [models.Index(fields=["region_code"], name="targeting_error_region")]
        triggers = [append_only("targeting_error_append_only")]
