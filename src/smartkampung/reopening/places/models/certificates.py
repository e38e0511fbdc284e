"""What a place may hang up, and when it may not."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import refuse_when
from smartkampung.kernel.sealed import SealedField
from smartkampung.reopening.places.models.checks import Inspection
from smartkampung.reopening.places.models.places import Place
from smartkampung.reopening.places.rules.standing import Ended, Suspending

CERTIFICATE = "place_certificate"
SUSPENDED = (
    "EXISTS (SELECT FROM places_suspension WHERE place_id = NEW.place_id"
    " AND state = 'open')"
)
REGISTERED = (
    "EXISTS (SELECT FROM places_place WHERE id = NEW.place_id AND state = 'registered')"
)
PROPOSED_IT = (
    "EXISTS (SELECT FROM places_inspection WHERE id = NEW.inspection_id"
    ' AND "by" = NEW.decided_by)'
)
# What lifts a suspension: a visit to the same place, passed after it began.
PASSED_SINCE = (
    "EXISTS (SELECT FROM places_inspection WHERE id = NEW.lifted_after_id"
    " AND place_id = NEW.place_id AND passed AND at > NEW.decided_at"
    ' AND "by" <> NEW.lifted_by)'
)


class Certificate(models.Model):
    """A place passed: for some months it may hang this up (half-open days).

    Anybody verifies it by a random code of 60 bits, of which only the keyed hash is
    searched; sealed beside it, it prints again.
    Promises kept by the database: it ends after it begins
    (``certificate_ends_after_it_begins``); a place has one that was neither replaced
    nor withdrawn (``certificate_one_a_place``); a number stands once
    (``certificate_number_once``); what ended says when and why
    (``certificate_ended_whole``); one visit gives one (the one-to-one key), and it
    passed (``certificate_after_a_passed_inspection``); a place that is suspended gets
    none (``certificate_not_while_suspended``); a place that is not in the register has
    none that holds (``certificate_of_a_registered_place``); only its end is ever added
    (``certificate_only_ends``).
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="certificates")
    inspection = models.OneToOneField(
        Inspection, models.PROTECT, related_name="certificate"
    )
    number = models.CharField(max_length=40)
    code_hash = models.BinaryField(unique=True)
    code = SealedField(purpose=CERTIFICATE)
    since = models.DateField()
    until = models.DateField()
    at = models.DateTimeField()
    ended = models.CharField(
        max_length=10,
        blank=True,
        choices=[(one.value, one.value) for one in Ended if one],
    )
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="certificate_ends_after_it_begins",
                condition=Q(until__gt=F("since")),
            ),
            models.UniqueConstraint(
                fields=["place"], condition=Q(ended=""), name="certificate_one_a_place"
            ),
            models.UniqueConstraint(fields=["number"], name="certificate_number_once"),
            models.CheckConstraint(
                name="certificate_ended_whole",
                condition=Q(ended="", ended_on=None, ended_why="", ended_by="")
                | ~Q(ended="")
                & ~Q(ended_why="")
                & ~Q(ended_by="")
                & Q(ended_on__isnull=False),
            ),
        ]
        triggers = [
            refuse_when(
                "certificate_not_while_suspended",
                SUSPENDED,
                "a suspended place gets no certificate",
            ),
            refuse_when(
                "certificate_of_a_registered_place",
                f"NEW.ended = '' AND NOT {REGISTERED}",
                "a place that is not in the register holds no certificate",
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
            refuse_when(
                "certificate_after_a_passed_inspection",
                "NOT EXISTS (SELECT FROM places_inspection"
                " WHERE id = NEW.inspection_id AND place_id = NEW.place_id AND passed)",
                "a certificate follows a passed inspection of its place",
            ),
            pgtrigger.ReadOnly(
                name="certificate_only_ends",
                exclude=["ended", "ended_on", "ended_why", "ended_by", "code"],
            ),
        ]


class Suspension(models.Model):
    """A place must not say that it keeps the protocol, until it passes again.

    An inspection that fails a must proposes one; who may suspend can also do so
    without. ``inspected_by`` is who made the last visit before the decision.
    Promises kept by the database: one is proposed or open a place
    (``suspension_one_open_a_place``); who inspected does not decide it
    (``suspension_not_by_who_inspected``), nor who made the visit that proposed it
    (``suspension_not_by_who_proposed``); what was decided says by whom and when
    (``suspension_decided_whole``); it is lifted after a visit that passed since, by
    somebody else than who made that visit (``suspension_lifted_after_passing``).
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="suspensions")
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        max_length=8, choices=[(one.value, one.value) for one in Suspending]
    )
    reason = models.CharField(max_length=300)
    proposed_at = models.DateTimeField()
    inspected_by = models.CharField(max_length=150, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=150, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_after = models.ForeignKey(
        Inspection, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(state__in=[Suspending.PROPOSED, Suspending.OPEN]),
                name="suspension_one_open_a_place",
            ),
            models.CheckConstraint(
                name="suspension_not_by_who_inspected",
                condition=Q(decided_by="") | ~Q(decided_by=F("inspected_by")),
            ),
            models.CheckConstraint(
                name="suspension_decided_whole",
                condition=Q(
                    state=Suspending.PROPOSED,
                    decided_by="",
                    decided_at=None,
                )
                | ~Q(state=Suspending.PROPOSED)
                & ~Q(decided_by="")
                & ~Q(reason="")
                & Q(decided_at__isnull=False),
            ),
        ]
        triggers = [
            refuse_when(
                "suspension_not_by_who_proposed",
                f"NEW.decided_by <> '' AND {PROPOSED_IT}",
                "whoever made the visit that proposed it does not decide",
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
            refuse_when(
                "suspension_lifted_after_passing",
                f"NEW.state = 'lifted' AND NOT {PASSED_SINCE}",
                "a suspension is lifted after a visit that passed since",
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]
