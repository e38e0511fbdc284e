"""Programmes, their rounds, which kinds exclude each other, and early ends."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import refuse_when
from smartkampung.recovery.programmes.rules.states import Kind, OfferState, Pays


def choices(kind: type[Kind | Pays | OfferState]) -> list[tuple[str, str]]:
    """Return the choices of a field, as migrations keep them."""
    return [(one.value, one.name.title()) for one in kind]


class Programme(models.Model):
    """What the regency does about lost income, in rounds; words in both languages."""

    kind = models.CharField(max_length=13, choices=choices(Kind))
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    about = models.CharField(max_length=600)
    about_en = models.CharField(max_length=600)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()


class KindPair(models.Model):
    """Nobody is in two running programmes of these two kinds at once.

    The office keeps this table. A kind may exclude itself. Promises kept by the
    database: a pair stands once (``kind_pair_once``), the smaller code first
    (``kind_pair_in_order``).
    """

    first = models.CharField(max_length=13, choices=choices(Kind), db_collation="C")
    second = models.CharField(max_length=13, choices=choices(Kind), db_collation="C")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="kind_pair_once"),
            models.CheckConstraint(
                name="kind_pair_in_order", condition=Q(first__lte=F("second"))
            ),
        ]


# What people were promised when they were invited, and who stands for it.
_FIXED = (
    "programme_id, scenario_id, title, title_en, text, text_en, venue, region_code,"
    " places, starts_on, ends_on, answer_days, pays, cost_each, wage, days,"
    " loan_months, made_by, made_at, opened_by, opened_at"
)
_NEW = ", ".join(f"NEW.{name}" for name in _FIXED.split(", "))
_OLD = ", ".join(f"OLD.{name}" for name in _FIXED.split(", "))


@pghistory.track()
class Offer(models.Model):
    """One round of a programme: so many places, in a place, on days, from a ranking.

    Money is whole rupiah; ``cost_each`` is the most that one place costs. A loan is
    paid back in ``loan_months`` instalments. Its accounts in the ledger are
    ``recovery.budget/<id>`` and ``recovery.paid/<id>``.

    Promises kept by the database: there is at least one place (``offer_has_places``);
    it ends after it begins (``offer_days_in_order``); whoever opens it did not make it
    (``offer_opened_by_another``); an open offer was opened by somebody
    (``offer_opening_is_signed``); wages add up to the cost (``offer_wages_are_the_cost``);
    a loan, and only that, has instalments (``offer_loan_has_months``); what people were
    promised does not change once it is open (``offer_fixed_once_open``).
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="offers")
    scenario = models.ForeignKey("targeting.Scenario", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=8, choices=choices(OfferState), default=OfferState.DRAFT
    )
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    text = models.CharField(max_length=1000)
    text_en = models.CharField(max_length=1000)
    venue = models.CharField(max_length=200)
    region_code = models.CharField(max_length=30, db_collation="C")
    places = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    answer_days = models.PositiveSmallIntegerField(default=7)
    pays = models.CharField(max_length=6, choices=choices(Pays))
    cost_each = models.BigIntegerField()
    wage = models.BigIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=0)
    loan_months = models.PositiveSmallIntegerField(default=0)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150, blank=True)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="offer_has_places", condition=Q(places__gte=1, cost_each__gte=0)
            ),
            models.CheckConstraint(
                name="offer_days_in_order", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="offer_opened_by_another", condition=~Q(opened_by=F("made_by"))
            ),
            models.CheckConstraint(
                name="offer_opening_is_signed",
                condition=Q(state="draft", opened_by="", opened_at=None)
                | ~Q(state="draft") & ~Q(opened_by="") & Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="offer_wages_are_the_cost",
                condition=~Q(pays="wage")
                | Q(wage__gt=0, days__gt=0, cost_each=F("wage") * F("days")),
            ),
            models.CheckConstraint(
                name="offer_loan_has_months",
                condition=Q(pays="loan", loan_months__gte=1)
                | ~Q(pays="loan") & Q(loan_months=0),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "region_code"], name="offer_open"),
        ]
        triggers = [
            refuse_when(
                "offer_fixed_once_open",
                f"OLD.state <> 'draft' AND ({_NEW}) IS DISTINCT FROM ({_OLD})",
                "what people were promised does not change once an offer is open",
                pgtrigger.Update,
            )
        ]


class Closing(models.Model):
    """A wish to end an offer before its time: a reason, and a second person.

    Promises kept by the database: one wish waits for an offer (``closing_one_waiting``);
    it has a reason (``closing_has_reason``); who asks does not decide
    (``closing_needs_two_people``); a decision is signed (``closing_decision_is_signed``).
    """

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="closings")
    reason = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(decided_at=None),
                name="closing_one_waiting",
            ),
            models.CheckConstraint(name="closing_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="closing_needs_two_people",
                condition=~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="closing_decision_is_signed",
                condition=Q(decided_at=None, decided_by="", granted=None)
                | Q(decided_at__isnull=False, granted__isnull=False)
                & ~Q(decided_by=""),
            ),
        ]
