"""The visit to a family that says it got no aid."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.check import record_check
from smartkampung.aid.queries.claims import claim_for, claims_for
from smartkampung.aid.queries.programmes import open_programmes, questions
from smartkampung.frontline.field.kinds.base import FieldKind, Sent, Task, home_of
from smartkampung.frontline.field.rules.names import short_name
from smartkampung.frontline.field.rules.reading import Question, Type
from smartkampung.frontline.field.words import LANGUAGES
from smartkampung.kernel.clock import day
from smartkampung.worklist.queries import work_for

ASKED = "q_"


class FieldCheckKind(FieldKind):
    """A field check of a claim."""

    code = "aid.field_check"
    label = _("Visit a family")
    permission = Permission.FIELD_CHECK
    model = "aid.claim"

    def questions(self, actor: Actor, *, at: datetime) -> Sequence[Question]:
        """Return the criteria, one question each, and what the visitor recommends."""
        programmes = [
            (row.code, {"id": row.name, "en": row.name_en or row.name})
            for row in open_programmes(day(at))
        ]
        return [
            *_criteria(),
            Question(
                "notes",
                Type.TEXT,
                _("Notes"),
                most=1000,
                help=_("What else should the kecamatan know? No names of neighbours."),
            ),
            Question(
                "photo",
                Type.PHOTO,
                _("Photo of the house"),
                help=_("One photo from outside. People need not be in it."),
            ),
            Question(
                "recommends",
                Type.BOOL,
                _("Do you recommend aid for this family?"),
                required=True,
            ),
            Question(
                "programme",
                Type.CHOICE,
                _("Which programme fits?"),
                choices=programmes,
                required=True,
                when={"recommends": [True]},
            ),
            Question(
                "kin_declared",
                Type.BOOL,
                _("I am related to this family"),
                help=_("Then somebody else visits too. That protects you and them."),
            ),
        ]

    def tasks(self, actor: Actor, *, at: datetime, most: int) -> list[Task]:
        """Return the claims that wait for a visit."""
        work = work_for(actor, [self.permission]).filter(kind=self.code)[:most]
        waiting = {item.target: item for item in work}
        numbers = [int(target.rpartition(":")[2]) for target in waiting]
        rows = claims_for(actor, self.permission).filter(pk__in=numbers)
        return [
            self._task(row, waiting[f"{self.model}:{row.pk}"], actor) for row in rows
        ]

    def _task(self, row: Any, item: Any, actor: Actor) -> Task:
        return Task(
            kind=self.code,
            target=item.target,
            title=self.label,
            who=short_name(row.person.name) if row.person else "",
            region_code=row.region_code,
            due_at=item.due_at,
            urgent=item.urgent,
            person_id=row.person_id,
            **home_of(actor, row.person),
        )

    def find(self, actor: Actor, permission: Permission, number: int) -> Any:
        """Return the claim."""
        return claim_for(actor, number, permission)

    def take(self, row: Any, sent: Sent) -> str:
        """Write the visit down."""
        record_check(
            form_id=sent.form_id,
            claim=row,
            answers={
                name.removeprefix(ASKED): value
                for name, value in sent.values.items()
                if name.startswith(ASKED)
            },
            recommends=sent.values["recommends"],
            programme=sent.values["programme"],
            kin_declared=sent.values["kin_declared"],
            notes=sent.values["notes"],
            photo_id=sent.photos.first,
            by=sent.by,
            at=sent.at,
        )
        return ""


def _criteria() -> list[Question]:
    told = []
    for language in LANGUAGES:
        with translation.override(language):
            told.append(questions())
    return [
        Question(
            f"{ASKED}{first.code}",
            Type.BOOL,
            {"id": first.text, "en": second.text},
            required=True,
        )
        for first, second in zip(*told, strict=True)
    ]
