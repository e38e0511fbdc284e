"""The daily look of the Puskesmas at somebody in isolation: tells about health."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.field.kinds.base import (
    BadFields,
    FieldKind,
    Late,
    Sent,
    Task,
)
from smartkampung.frontline.field.rules.names import short_name
from smartkampung.frontline.field.rules.reading import Question, Type
from smartkampung.isolation.monitoring.actions.checks import Seen, record_check
from smartkampung.isolation.monitoring.queries import (
    due_now,
    later_today,
    obligation_for,
    obligations_for,
)
from smartkampung.isolation.monitoring.rules.checks import Outcome, Slot
from smartkampung.isolation.monitoring.rules.health import (
    POSSIBLE_SPO2,
    POSSIBLE_TEMPERATURE,
    Symptom,
    Told,
)
from smartkampung.isolation.monitoring.rules.walking import Risk
from smartkampung.isolation.monitoring.words import SLOTS, SYMPTOMS
from smartkampung.kernel.wording import hour

WELL, UNWELL = "well", "unwell"
TELLING = (Outcome.SEEN, Outcome.CALLED)
TRIES = (
    (Outcome.SEEN, _("Seen")),
    (Outcome.CALLED, _("Spoken to by phone, not seen")),
    (Outcome.ABSENT, _("Not there")),
    (Outcome.REFUSED, _("Refused to be seen")),
    (Outcome.NOT_ATTEMPTED, _("We could not go")),
)
PRESSING = (Risk.ALARM, Risk.UNWELL, Risk.MISSED)


class IsolationCheckKind(FieldKind):
    """A look that is due."""

    code = "isolation.check"
    label = _("See somebody in isolation")
    permission = Permission.MONITORING_RECORD
    model = "isolation.obligation"
    health = True

    def questions(self, actor: Actor, *, at: datetime) -> Sequence[Question]:
        """Return what came of it, and how they are where they were seen."""
        told = {"outcome": [outcome.value for outcome in TELLING]}
        return [
            Question(
                "outcome",
                Type.CHOICE,
                _("What came of it?"),
                choices=[(one.value, words) for one, words in TRIES],
                required=True,
            ),
            Question(
                "state",
                Type.CHOICE,
                _("How are they?"),
                choices=[(WELL, _("Well")), (UNWELL, _("Not well"))],
                required=True,
                when=told,
            ),
            Question(
                "temperature",
                Type.NUMBER,
                _("Temperature"),
                least=POSSIBLE_TEMPERATURE[0],
                most=POSSIBLE_TEMPERATURE[1],
                step="0.1",
                help=_("In degrees, such as 36.7. Leave it empty if it was not taken."),
                when=told,
            ),
            Question(
                "spo2",
                Type.NUMBER,
                _("Oxygen (SpO2)"),
                least=POSSIBLE_SPO2[0],
                most=POSSIBLE_SPO2[1],
                help=_("In percent, from the clip on the finger, such as 97."),
                when=told,
            ),
            Question(
                "symptoms",
                Type.SEVERAL,
                _("What do they suffer from?"),
                choices=[(one.value, words) for one, words in SYMPTOMS.items()],
                when=told,
            ),
            Question(
                "note",
                Type.TEXT,
                _("Note"),
                most=300,
                help=_("Only health workers read this."),
                when=told,
            ),
        ]

    def tasks(self, actor: Actor, *, at: datetime, most: int) -> list[Task]:
        """Return whom to see now, in the order of seeing them, then the evening's.

        A phone may have no network any more when the evening comes.
        """
        due = [one for one in due_now(actor, at=at) if not one.done]
        found = [*due, *later_today(actor, at=at)][:most]
        rows = obligations_for(actor).in_bulk([one.obligation_id for one in found])
        return [self._task(one, rows[one.obligation_id], at) for one in found]

    def _task(self, one: Any, row: Any, at: datetime) -> Task:
        exit_check = one.slot == Slot.EXIT
        tries = [pair for pair in TRIES if pair[0] != Outcome.CALLED]
        return Task(
            kind=self.code,
            target=f"{self.model}:{one.obligation_id}",
            title=SLOTS[one.slot],
            who=short_name(one.name),
            region_code=one.region_code,
            due_at=row.closes_at,
            urgent=one.risk in PRESSING and row.opens_at <= at,
            note=_note(row, at),
            form={"choices": {"outcome": tries}} if exit_check else {},
            person_id=one.person_id,
            address=one.address,
            phone=row.stay.reservation.phone,
        )

    def find(self, actor: Actor, permission: Permission, number: int) -> Any:
        """Return the look that is due."""
        return obligation_for(actor, number)

    def region_of(self, row: Any) -> str:
        """Return where somebody is in isolation."""
        return str(row.stay.reservation.region_code)

    def person_of(self, row: Any) -> tuple[str, int | None]:
        """Return who is in isolation."""
        return row.stay.name, row.stay.person_id

    def take(self, row: Any, sent: Sent) -> str:
        """Write the look down: at the moment when it was made."""
        outcome = Outcome(sent.values["outcome"])
        if row.slot == Slot.EXIT and outcome == Outcome.CALLED:
            words = _("Nobody is let go by phone: they must be examined.")
            raise BadFields({"outcome": words})
        # By then alerts went out because nobody was seen: a colleague looks at both.
        if sent.vouched is None and sent.received_at >= row.closes_at:
            raise Late
        where = sent.position
        record_check(
            obligation=row,
            seen=Seen(
                form_id=sent.form_id,
                outcome=outcome,
                told=_told(sent) if outcome in TELLING else None,
                lat=where.lat if where else None,
                lng=where.lng if where else None,
            ),
            by=sent.by,
            at=sent.at,
        )
        return ""


def _note(row: Any, at: datetime) -> Any:
    house = row.stay.reservation.house
    if row.opens_at <= at:
        return house.name if house else ""

    def later() -> str:
        begins = _("from %(hour)s") % {"hour": hour(row.opens_at)}
        return f"{house.name}, {begins}" if house else begins

    return later


def _told(sent: Sent) -> Told:
    values = sent.values
    return Told(
        unwell=values["state"] == UNWELL,
        temperature=values["temperature"],
        spo2=values["spo2"],
        symptoms=tuple(Symptom(one) for one in values["symptoms"]),
        note=values["note"],
    )
