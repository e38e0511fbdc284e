"""A wish for a letter, everything that happened to it, and what came with it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import append_only, refuse_when
from smartkampung.kernel.sealed import SealedField
from smartkampung.letters.requests.rules.steps import (
    MOVES,
    OPEN,
    Channel,
    Did,
    State,
)

ANSWERS, FACTS, NOTE = "letter.answers", "letter.facts", "letter.note"
CODE, KINSHIP = "letter.code", "letter.kinship"
_OPEN = sorted(state.value for state in OPEN)
_MOVED = " OR ".join(
    f"(OLD.state = '{since}' AND NEW.state IN"
    f" ({', '.join(repr(str(state)) for state in sorted(to))}))"
    for since, to in MOVES.items()
    if to
)


class LetterRequest(models.Model):
    """One person's wish for one letter, until it is issued, refused or taken back.

    ``steps`` are those of the moment it was asked; ``state`` is the step it waits at.
    ``wording_version`` is the row of the catalogue that it is written by (none for what
    comes with the program; rows there are never deleted), ``wording_digest`` its words.
    ``facts`` is what the registry said at the check, ``version`` counts every change of
    what the letter will say. ``code`` follows it, sealed: the message that the letter is
    ready leads there. ``clock_from`` is since when the office has the ball.
    ``answer_by`` is until when an RT that is asked anew has time.
    ``hands`` are the officers by whom its words came: who asked, confirmed, amended.
    ``confirmed`` says whether the word of the RT covers what it says now. ``kinship`` is
    what an officer saw where somebody of another card asks about who died, sealed.
    Promises kept by the database: the same form is one request
    (``letter_request_form_once``) and its code opens one (``letter_request_code_once``);
    a person has one open request of a kind (``letter_request_one_open``); by whom its
    words came does not check it (``letter_request_checked_by_another``), who checked
    does not review (``letter_request_reviewed_by_another``), and neither of both signs
    (``letter_request_signed_by_another``, ``letter_request_signed_by_no_reviewer``);
    what is checked has its facts (``letter_request_checked_has_facts``); what ended says
    when
    (``letter_request_ended_says_when``); no step is left out or taken back after the end
    (``letter_request_steps_in_order``); a letter is replaced by one request
    (``letter_request_replaces_once``).
    """

    kind = models.CharField(max_length=40)
    wording_version = models.BigIntegerField(null=True)
    wording_digest = models.CharField(max_length=32)
    village_code = models.CharField(max_length=30, db_collation="C")
    region_code = models.CharField(max_length=30, db_collation="C")
    family = models.ForeignKey("residents.Family", models.PROTECT, related_name="+")
    applicant = models.ForeignKey("residents.Person", models.PROTECT, related_name="+")
    subject = models.ForeignKey("residents.Person", models.PROTECT, related_name="+")
    answers = SealedField(purpose=ANSWERS)
    channel = models.CharField(
        max_length=7, choices=[(one.value, one.name.title()) for one in Channel]
    )
    asked_by = models.CharField(max_length=150)
    language = models.CharField(max_length=2, default="id")
    steps = ArrayField(models.CharField(max_length=7))
    state = models.CharField(
        max_length=9, choices=[(one.value, one.name.title()) for one in State]
    )
    version = models.PositiveIntegerField(default=1)
    facts = SealedField(purpose=FACTS, null=True)
    code_hash = models.BinaryField()
    code = SealedField(purpose=CODE, null=True)
    kinship = SealedField(purpose=KINSHIP, null=True)
    form_id = models.UUIDField()
    asked_at = models.DateTimeField()
    step_since = models.DateTimeField()
    clock_from = models.DateTimeField()
    due_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    urged_at = models.DateTimeField(null=True)
    hands = ArrayField(models.CharField(max_length=150), default=list)
    confirmed = models.BooleanField(default=False)
    checked_by = models.CharField(max_length=150, blank=True)
    reviewed_by = models.CharField(max_length=150, blank=True)
    signed_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey(
        "requests.Letter", models.PROTECT, null=True, related_name="followed_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form_id"], name="letter_request_form_once"
            ),
            models.UniqueConstraint(
                fields=["code_hash"], name="letter_request_code_once"
            ),
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(state__in=_OPEN),
                name="letter_request_one_open",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(state__in=[*_OPEN, State.ISSUED.value]),
                name="letter_request_replaces_once",
            ),
            models.CheckConstraint(
                name="letter_request_checked_by_another",
                condition=Q(checked_by="") | ~Q(hands__contains=[F("checked_by")]),
            ),
            models.CheckConstraint(
                name="letter_request_reviewed_by_another",
                condition=Q(reviewed_by="") | ~Q(reviewed_by=F("checked_by")),
            ),
            models.CheckConstraint(
                name="letter_request_signed_by_another",
                condition=Q(signed_by="") | ~Q(signed_by=F("checked_by")),
            ),
            models.CheckConstraint(
                name="letter_request_signed_by_no_reviewer",
                condition=Q(signed_by="") | ~Q(signed_by=F("reviewed_by")),
            ),
            models.CheckConstraint(
                name="letter_request_checked_has_facts",
                condition=Q(checked_by="", facts=None)
                | ~Q(checked_by="") & Q(facts__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_request_ended_says_when",
                condition=Q(state__in=_OPEN, ended_at=None)
                | ~Q(state__in=_OPEN) & Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["village_code", "state"], name="letter_request_village"
            ),
            models.Index(fields=["family", "-asked_at"], name="letter_request_family"),
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=_OPEN),
                name="letter_request_due",
            ),
            models.Index(
                fields=["village_code", "asked_at"], name="letter_request_day"
            ),
        ]
        triggers = [
            refuse_when(
                "letter_request_steps_in_order",
                f"OLD.state <> NEW.state AND NOT ({_MOVED})",
                "a request takes no such step",
                pgtrigger.Update,
            )
        ]


class LetterStep(models.Model):
    """One thing that happened to a request, by whom, when; the note is sealed.

    Promise kept by the database: what happened stays written
    (``letter_step_append_only``). ``changed`` names the facts that changed, never
    their values.
    """

    request = models.ForeignKey(
        LetterRequest, models.CASCADE, related_name="history", db_index=False
    )
    did = models.CharField(
        max_length=9, choices=[(one.value, one.name.title()) for one in Did]
    )
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    note = SealedField(purpose=NOTE, null=True)
    changed = ArrayField(models.CharField(max_length=60), default=list)

    class Meta:
        indexes = [models.Index(fields=["request", "at"], name="letter_step_history")]
        triggers = [append_only("letter_step_append_only")]


class RequirementFile(models.Model):
    """A photo that shows that a requirement is met.

    Promise kept by the database: one photo shows one requirement of a request once
    (``requirement_file_once``).
    """

    request = models.ForeignKey(LetterRequest, models.CASCADE, related_name="files")
    requirement = models.CharField(max_length=40)
    upload = models.ForeignKey("intake.Upload", models.PROTECT, related_name="+")
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "requirement", "upload"],
                name="requirement_file_once",
            )
        ]


class LetterRead(models.Model):
    """An officer read what a letter will say, in one version of it.

    ``shown`` is the digest of what was on the screen; it is compared with what is
    signed. Promises kept by the database: the same is read once by somebody
    (``letter_read_once``), and that stays written (``letter_read_append_only``).
    """

    request = models.ForeignKey(LetterRequest, models.CASCADE, related_name="reads")
    version = models.PositiveIntegerField()
    by = models.CharField(max_length=150)
    shown = models.CharField(max_length=64, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "version", "by", "shown"], name="letter_read_once"
            )
        ]
        triggers = [append_only("letter_read_append_only")]
