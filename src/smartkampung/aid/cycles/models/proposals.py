"""Who is proposed, and everything that happened to each proposal."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from smartkampung.aid.cycles.models.lists import Meeting, VillageList
from smartkampung.aid.cycles.models.plan import Cycle
from smartkampung.aid.cycles.models.runs import Run
from smartkampung.aid.cycles.rules.proposals import EventKind, ProposalState
from smartkampung.aid.models.handover import keep_unit_key
from smartkampung.aid.models.programmes import blocked_by_field

OUT = ("unfit", "excluded", "stopped")


class Proposal(models.Model):
    """A family or person whom a village proposes in a cycle.

    ``person`` receives for the family, ``rank`` is the order on the village's list,
    ``place`` the place among those who wait, ``reasons`` say why it is where it is, and
    ``blocked_by`` which records of other aid stood in the way. Promises kept by the database: nobody is
    proposed twice in a cycle, unless they were left out before
    (``proposal_once_per_cycle``); who is left out, waits or stops is told why
    (``proposal_left_out_has_reasons``); who receives stands on the programme's list
    (``proposal_recipient_is_enrolled``). Behind row-level security by ``region_code``.
    """

    State = ProposalState

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="proposals")
    village_list = models.ForeignKey(
        VillageList, models.PROTECT, related_name="proposals"
    )
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey(Run, models.PROTECT, null=True, related_name="+")
    family = models.ForeignKey("residents.Family", models.PROTECT, related_name="+")
    person = models.ForeignKey("residents.Person", models.PROTECT, related_name="+")
    unit_key = models.CharField(max_length=30)
    region_code = models.CharField(max_length=30, db_collation="C")
    rank = models.IntegerField()
    state = models.CharField(
        max_length=9,
        choices=[(state.value, state.name.title()) for state in ProposalState],
        default=ProposalState.PROPOSED,
    )
    place = models.IntegerField(null=True)
    reasons = models.JSONField(default=list)
    blocked_by = blocked_by_field()
    kin_found = models.BooleanField(default=False)
    verified_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    verified_at = models.DateTimeField(null=True)
    enrolment = models.OneToOneField(
        "aid.Enrolment", models.PROTECT, null=True, related_name="+"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by"
    )
    proposed_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "unit_key"],
                condition=~Q(state__in=OUT),
                name="proposal_once_per_cycle",
            ),
            models.CheckConstraint(
                name="proposal_left_out_has_reasons",
                condition=Q(state__in=["proposed", "verified", "enrolled"])
                | ~Q(reasons=[]),
            ),
            models.CheckConstraint(
                name="proposal_recipient_is_enrolled",
                condition=~Q(state__in=["enrolled", "suspended"])
                | Q(enrolment__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["village_list", "state", "rank"], name="proposal_place"
            ),
            models.Index(fields=["region_code"], name="proposal_region"),
        ]
        triggers: ClassVar = [keep_unit_key("keep_unit_key_of_proposal")]


class ProposalEvent(models.Model):
    """Something that happened to a proposal: by whom, when and why.

    Never changed or deleted (``proposal_event_append_only``). ``by`` is a username, or
    the name of the job that acted by itself.
    """

    Kind = EventKind

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="events")
    kind = models.CharField(
        max_length=10, choices=[(kind.value, kind.name.title()) for kind in EventKind]
    )
    reasons = models.JSONField(default=list)
    blocked_by = blocked_by_field()
    note = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        app_label = "aid"
        # Few are ever left out or stopped, and the auditor looks for them.
        indexes = [
            models.Index(
                fields=["proposal"],
                condition=Q(kind__in=["unfit", "stopped"]),
                name="proposal_event_left_out",
            ),
            models.Index(
                fields=["proposal"],
                condition=Q(kind__in=["suspended", "stopped"]),
                name="proposal_event_stopped",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="proposal_event_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]
