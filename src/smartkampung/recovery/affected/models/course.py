"""What happens to a record: words of employers, changes, and looks after recovery."""

import pgtrigger
from django.db import models
from django.db.models import Q

from smartkampung.kernel.promises import append_only
from smartkampung.kernel.sealed import SealedField
from smartkampung.recovery.affected.models.people import Affected
from smartkampung.recovery.affected.rules.course import Answer, Direction, Work
from smartkampung.residents.models import PHONE


def _choices(
    kinds: type[Answer] | type[Direction] | type[Work],
) -> list[tuple[str, str]]:
    return [(kind.value, kind.name.title()) for kind in kinds]


class Confirmation(models.Model):
    """The word of an employer or association about one person.

    Asked by a code sent to their phone, or written down from paper. ``person_name``,
    ``kind`` and ``happened_on`` are what was asked, as it was told. Promises kept by
    the database: an answer says who gave it and when
    (``confirmation_answer_says_who_and_when``); an answer is never changed
    (``confirmation_answered_once``); from paper means written down by an officer
    (``confirmation_paper_names_who_wrote``). ``named_by_person`` means that nobody but
    the person about whom it was asked says that this number is their employer's.
    """

    affected = models.ForeignKey(Affected, models.PROTECT, related_name="confirmations")
    code_hash = models.BinaryField(unique=True, null=True)
    asked_of = models.CharField(max_length=120)
    phone = SealedField(purpose=PHONE, null=True)
    person_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Affected.Kind.choices)
    happened_on = models.DateField()
    asked_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    on_paper = models.BooleanField(default=False)
    named_by_person = models.BooleanField(default=False)
    answer = models.CharField(max_length=14, choices=_choices(Answer), blank=True)
    told_by = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="confirmation_answer_says_who_and_when",
                condition=Q(answer="", answered_at=None, told_by="")
                | ~Q(answer="") & Q(answered_at__isnull=False) & ~Q(told_by=""),
            ),
            models.CheckConstraint(
                name="confirmation_paper_names_who_wrote",
                condition=Q(on_paper=False, code_hash__isnull=False)
                | Q(on_paper=True, code_hash=None) & ~Q(answer=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="confirmation_answered_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__answer=""),
            )
        ]


class Situation(models.Model):
    """How somebody is doing now, as they or the village say; a history, never changed.

    ``told_by`` is the officer, or empty where the person told by code. Promises kept
    by the database: what was told is never changed or deleted
    (``situation_append_only``); an income is not below nothing
    (``situation_income_not_negative``).
    """

    affected = models.ForeignKey(Affected, models.PROTECT, related_name="situations")
    work = models.CharField(max_length=12, choices=_choices(Work))
    direction = models.CharField(max_length=6, choices=_choices(Direction))
    income = models.BigIntegerField()
    note = models.CharField(max_length=500, blank=True)
    recovered = models.BooleanField(default=False)
    told_by = models.CharField(max_length=150, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="situation_income_not_negative", condition=Q(income__gte=0)
            )
        ]
        triggers = [append_only("situation_append_only")]


class FollowUp(models.Model):
    """A look at somebody who recovered, after one, three or six months (0: between).

    Promises kept by the database: one look after so many months (``follow_up_once``),
    and any number between; an answer says who and when
    (``follow_up_answer_says_who_and_when``), and stays as it is
    (``follow_up_answered_once``).
    """

    class Outcome(models.TextChoices):
        STILL_RECOVERED = "still_recovered"
        FELL_BACK = "fell_back"
        NOT_FOUND = "not_found"

    affected = models.ForeignKey(Affected, models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField(db_index=True)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["affected", "months"],
                condition=Q(months__gt=0),
                name="follow_up_once",
            ),
            models.CheckConstraint(
                name="follow_up_answer_says_who_and_when",
                condition=Q(outcome="", answered_at=None, answered_by="")
                | ~Q(outcome="") & Q(answered_at__isnull=False) & ~Q(answered_by=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="follow_up_answered_once",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__outcome=""),
            )
        ]
