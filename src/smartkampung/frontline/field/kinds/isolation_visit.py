"""The three pillars come by somebody in isolation: presence and safety, never health."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.field.kinds.base import FieldKind, Sent, Task, TooSoon
from smartkampung.frontline.field.rules.arriving import before
from smartkampung.frontline.field.rules.names import short_name
from smartkampung.frontline.field.rules.reading import Question, Type
from smartkampung.isolation.actions.beds import VISIT_AGAIN
from smartkampung.isolation.arrival.actions.supervising import (
    Seen,
    ask_for_visit,
    visit,
)
from smartkampung.isolation.arrival.rules.visits import Found, Safety
from smartkampung.isolation.arrival.words import FOUND, SAFETY
from smartkampung.isolation.monitoring.queries import stay_for, stays_for
from smartkampung.isolation.rules.states import StayState
from smartkampung.worklist.queries import work_for


class IsolationVisitKind(FieldKind):
    """A visit of supervision."""

    code = "isolation.visit"
    label = _("Visit somebody in isolation")
    permission = Permission.ISOLATION_SUPERVISE
    model = "isolation.stay"
    position = True
    correctable = frozenset({"note"})

    def questions(self, actor: Actor, *, at: datetime) -> Sequence[Question]:
        """Return presence and safety. There is no question about health."""
        return [
            Question(
                "found",
                Type.CHOICE,
                _("Is the person there?"),
                choices=[(found.value, words) for found, words in FOUND.items()],
                required=True,
            ),
            Question(
                "safety",
                Type.SEVERAL,
                _("What is missing, or not safe?"),
                choices=[(need.value, words) for need, words in SAFETY.items()],
            ),
            Question(
                "note",
                Type.TEXT,
                _("A few words"),
                most=300,
                help=_(
                    "About safety only. Nothing about illness: that is the Puskesmas'."
                ),
            ),
            Question(
                "photo",
                Type.PHOTO,
                _("Photo of the place"),
                help=_("The door or the yard; nobody's face."),
            ),
            Question(
                "missing",
                Type.TEXT,
                _("If there is no position or no photo: why?"),
                most=200,
            ),
        ]

    def tasks(self, actor: Actor, *, at: datetime, most: int) -> list[Task]:
        """Return who is in isolation in the actor's places.

        A visit waits for no date of its own, but where somebody is to go once more.
        """
        rows = stays_for(actor, self.permission).filter(state=StayState.PRESENT)
        found = list(rows.order_by("during", "pk")[:most])
        again = work_for(actor, [self.permission]).filter(
            kind=VISIT_AGAIN, target__in=[f"{self.model}:{row.pk}" for row in found]
        )
        asked = {item.target: item for item in again}
        return [self._task(row, asked.get(f"{self.model}:{row.pk}")) for row in found]

    def _task(self, row: Any, item: Any) -> Task:
        party = row.reservation
        return Task(
            kind=self.code,
            target=f"{self.model}:{row.pk}",
            title=self.label,
            who=short_name(row.name),
            region_code=party.region_code,
            due_at=item.due_at if item else None,
            urgent=bool(item and item.urgent),
            note=party.house.name if party.house else "",
            person_id=row.person_id,
            address=party.house.address if party.house else party.address,
        )

    def find(self, actor: Actor, permission: Permission, number: int) -> Any:
        """Return the stay."""
        return stay_for(actor, number, permission)

    def region_of(self, row: Any) -> str:
        """Return where somebody is in isolation."""
        return str(row.reservation.region_code)

    def person_of(self, row: Any) -> tuple[str, int | None]:
        """Return who is in isolation."""
        return row.name, row.person_id

    def ask_again(
        self, number: int, *, inside: str, since: datetime, at: datetime
    ) -> bool:
        """Ask somebody to go again: a visit waits for no date of its own."""
        return ask_for_visit(stay_id=number, inside=inside, since=since, at=at)

    def take(self, row: Any, sent: Sent) -> str:
        """Write the visit down, with how far from the house it was made."""
        values, where = sent.values, sent.position
        if before(sent.at, row.during.lower):
            raise TooSoon
        if not values["missing"]:
            # A photo that is promised proves nothing before it is here.
            sent.photos.must_have_arrived(*sent.photos.named[:1])
        visit(
            form_id=sent.form_id,
            stay=row,
            seen=Seen(
                found=Found(values["found"]),
                safety=tuple(Safety(need) for need in values["safety"]),
                note=values["note"],
                position=(where.lat, where.lng) if where else None,
                photo_id=sent.photos.first,
                missing=values["missing"],
            ),
            by=sent.by,
            at=sent.at,
        )
        return ""
