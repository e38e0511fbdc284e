"""The list of one village in one cycle, and the meeting that it rests on."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.aid.cycles.models.plan import Cycle
from smartkampung.aid.cycles.rules.steps import NEXT, ListState
from smartkampung.aid.models.promises import append_only, refuse_when


class Meeting(models.Model):
    """The minutes of a village meeting (musdesus) that proposed recipients.

    ``id`` is made when the form opens, so that sending twice is one meeting. Promises
    kept by the database: a village writes one number once (``meeting_number_once``);
    somebody was there (``meeting_was_attended``); minutes are never changed or deleted
    (``meeting_append_only``): what was wrong is written down as another meeting.
    """

    id = models.UUIDField(primary_key=True)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="meetings")
    village_code = models.CharField(max_length=30, db_collation="C")
    number = models.CharField(max_length=60)
    held_on = models.DateField()
    attendance = models.IntegerField()
    minutes = models.ForeignKey("intake.Upload", models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["village_code", "number"], name="meeting_number_once"
            ),
            models.CheckConstraint(
                name="meeting_was_attended", condition=Q(attendance__gt=0)
            ),
        ]
        triggers = [append_only("meeting_append_only")]


_ALLOWED = ", ".join(
    f"('{before}', '{after}')" for before, afters in NEXT.items() for after in afters
)


class VillageList(models.Model):
    """Whom one village proposes in one cycle, and how far the list has come.

    ``taken`` counts the places that recipients hold. Promises kept by the database:
    one list for a village (``village_list_once``); never more recipients than the
    quota (``village_list_within_quota``); whoever sent the list, whoever decided it
    and whoever approved it are three people (``village_list_needs_three_people``), and
    none of the last two verified it (``village_list_judged_by_others``); it rests on a
    meeting (``village_list_rests_on_a_meeting``); each step has a person
    (``village_list_steps_are_signed``) and none is skipped
    (``village_list_no_step_skipped``).
    """

    State = ListState

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="lists")
    village_code = models.CharField(max_length=30, db_collation="C")
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.name.title()) for state in ListState],
        default=ListState.PROPOSING,
    )
    quota = models.IntegerField()
    taken = models.IntegerField(default=0)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    returned_because = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "village_code"], name="village_list_once"
            ),
            models.CheckConstraint(
                name="village_list_within_quota",
                condition=Q(taken__gte=0, taken__lte=F("quota")),
            ),
            models.CheckConstraint(
                name="village_list_needs_three_people",
                condition=(Q(decided_by=None) | ~Q(decided_by=F("sent_by")))
                & (
                    Q(approved_by=None)
                    | ~Q(approved_by=F("sent_by")) & ~Q(approved_by=F("decided_by"))
                ),
            ),
            models.CheckConstraint(
                name="village_list_rests_on_a_meeting",
                condition=Q(state="proposing") | Q(meeting__isnull=False),
            ),
            models.CheckConstraint(
                name="village_list_steps_are_signed",
                condition=Q(state="proposing")
                | Q(state__in=["verifying", "deciding"], sent_by__isnull=False)
                | Q(
                    state="approving",
                    sent_by__isnull=False,
                    decided_by__isnull=False,
                )
                | Q(
                    state="approved",
                    sent_by__isnull=False,
                    decided_by__isnull=False,
                    approved_by__isnull=False,
                ),
            ),
        ]
        triggers = [
            refuse_when(
                "village_list_no_step_skipped",
                f"""NEW.state <> OLD.state
                    AND (OLD.state, NEW.state) NOT IN ({_ALLOWED})""",
                "a village list goes from step to step",
                operation=pgtrigger.UpdateOf("state"),
            ),
            refuse_when(
                "village_list_judged_by_others",
                """EXISTS (SELECT 1 FROM aid_proposal p WHERE p.village_list_id = NEW.id
                    AND p.verified_by_id IN (NEW.decided_by_id, NEW.approved_by_id))""",
                "whoever verified a list neither decides nor approves it",
                operation=pgtrigger.UpdateOf("decided_by_id", "approved_by_id"),
            ),
        ]
