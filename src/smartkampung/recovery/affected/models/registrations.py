"""What was sent about people hit by the crisis: each as it came, kept for ever."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.sealed import SealedField
from smartkampung.recovery.affected.models.people import Affected, Sector
from smartkampung.recovery.affected.rules.registration import Channel
from smartkampung.residents.models import NIK, PHONE


class Registration(models.Model):
    """What somebody told us about one person; joins the record of that person.

    Whoever sent it follows it with a code whose hash is ``code_hash``; a row of a list
    has none. ``form_id`` is made when the form opens: the same form sent twice is one
    registration (``registration_form_once``). ``findings`` are what the comparison
    with the registry noticed. Promises kept by the database: joined means that a
    record is named (``registration_joined_names_a_record``); turned away says why
    (``registration_turned_away_says_why``); who did not speak for themselves was
    registered by somebody (``registration_names_who_registered``).
    """

    class State(models.TextChoices):
        SENT = "sent"
        TO_MATCH = "to_match"
        JOINED = "joined"
        TURNED_AWAY = "turned_away"

    affected = models.ForeignKey(
        Affected, models.PROTECT, null=True, related_name="registrations"
    )
    state = models.CharField(max_length=11, choices=State.choices, default=State.SENT)
    channel = models.CharField(
        max_length=8, choices=[(c.value, c.name.title()) for c in Channel]
    )
    code_hash = models.BinaryField(unique=True, null=True)
    form_id = models.UUIDField()
    registered_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    nik = SealedField(purpose=NIK)
    nik_index = models.BinaryField()
    name = models.CharField(max_length=120)
    born_on = models.DateField(null=True)
    phone = SealedField(purpose=PHONE, null=True)
    employer_phone = SealedField(purpose=PHONE, null=True)
    region_code = models.CharField(max_length=30, db_collation="C")
    kind = models.CharField(max_length=16, choices=Affected.Kind.choices)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+")
    employer = models.CharField(max_length=120, blank=True)
    happened_on = models.DateField()
    income_before = models.BigIntegerField(null=True)
    income_after = models.BigIntegerField(null=True)
    sales_down_percent = models.PositiveSmallIntegerField(null=True)
    dependants = models.PositiveSmallIntegerField(null=True)
    debts = models.BigIntegerField(null=True)
    skills = models.CharField(max_length=300, blank=True)
    wishes = models.JSONField(default=list)
    photo = models.ForeignKey("intake.Upload", models.PROTECT, null=True)
    findings = models.JSONField(default=list)
    turned_away_why = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2)
    sent_at = models.DateTimeField()
    matched_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_id"], name="registration_form_once"),
            models.CheckConstraint(
                name="registration_joined_names_a_record",
                condition=Q(state="joined", affected__isnull=False)
                | ~Q(state="joined") & Q(affected=None),
            ),
            models.CheckConstraint(
                name="registration_turned_away_says_why",
                condition=~Q(state="turned_away") | ~Q(turned_away_why=""),
            ),
            models.CheckConstraint(
                name="registration_names_who_registered",
                condition=Q(channel="web") | Q(registered_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["nik_index"], name="registration_nik"),
            models.Index(fields=["region_code", "state"], name="registration_region"),
        ]
