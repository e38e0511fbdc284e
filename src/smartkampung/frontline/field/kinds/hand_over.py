"""Giving the aid at the door or at the point, with a signature and a photo.

There is no code to the phone of the family without a network, so the other way of the
same action is the only one: signature and photo.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.actions.handover import MustNotHandOver, record_handover
from smartkampung.aid.proxies.queries import standing_for
from smartkampung.aid.queries.handover import (
    due_for,
    dues_for,
    reasons_not_to_hand_over,
)
from smartkampung.aid.rules.handover import GIVES, Outcome, Proof
from smartkampung.aid.words import amount
from smartkampung.frontline.field.kinds.base import (
    BadFields,
    FieldKind,
    Sent,
    Task,
    home_of,
)
from smartkampung.frontline.field.rules.names import short_name
from smartkampung.frontline.field.rules.reading import Question, Type
from smartkampung.frontline.field.words import both
from smartkampung.kernel.clock import day
from smartkampung.kernel.language import either
from smartkampung.worklist.queries import work_for

GIVEN = [outcome.value for outcome in GIVES]
RECIPIENT = "0"
OUTCOMES = (
    (Outcome.RECEIVED, _("Received")),
    (Outcome.PARTIAL, _("Received in part")),
    (Outcome.ABSENT, _("Was not there")),
    (Outcome.DECLINED, _("Declined the aid")),
)


class HandOverKind(FieldKind):
    """A hand-over of aid that is due."""

    code = "aid.hand_over"
    label = _("Hand over aid")
    permission = Permission.HANDOVER_RECORD
    model = "aid.entitlement"

    def questions(self, actor: Actor, *, at: datetime) -> Sequence[Question]:
        """Return what happened, and what proves it."""
        given = {"outcome": GIVEN}
        return [
            Question(
                "proxy",
                Type.CHOICE,
                _("Who is here?"),
                choices=[(RECIPIENT, _("The recipient"))],
                open=True,
            ),
            Question(
                "outcome",
                Type.CHOICE,
                _("What happened?"),
                choices=[(outcome.value, words) for outcome, words in OUTCOMES],
                required=True,
            ),
            Question(
                "quantity",
                Type.NUMBER,
                _("How much was handed out?"),
                least=1,
                most=10**9,
                required=True,
                help=_("Only if it was received in part."),
                when={"outcome": [Outcome.PARTIAL.value]},
            ),
            Question(
                "signature",
                Type.SIGNATURE,
                _("Picture of the signature"),
                required=True,
                when=given,
            ),
            Question(
                "photo",
                Type.PHOTO,
                _("Photo of the hand-over"),
                required=True,
                when=given,
            ),
            Question("note", Type.TEXT, _("Note"), most=300),
        ]

    def tasks(self, actor: Actor, *, at: datetime, most: int) -> list[Task]:
        """Return the aid that waits to be handed over."""
        work = work_for(actor, [self.permission]).filter(kind=self.code)[:most]
        waiting = {item.target: item for item in work}
        numbers = [int(target.rpartition(":")[2]) for target in waiting]
        rows = dues_for(actor, self.permission).filter(pk__in=numbers)
        return [
            self._task(row, waiting[f"{self.model}:{row.pk}"], actor, at=at)
            for row in rows.select_related("person__family")
        ]

    def _task(self, row: Any, item: Any, actor: Actor, *, at: datetime) -> Task:
        programme = row.programme
        return Task(
            kind=self.code,
            target=item.target,
            title=self.label,
            who=short_name(row.person.name),
            region_code=row.region_code,
            due_at=item.due_at,
            urgent=item.urgent,
            note=both(
                lambda: (
                    f"{either(programme.name, programme.name_en)}:"
                    f" {amount(row.amount, programme.commodity)}"
                )
            ),
            form={"choices": {"proxy": _who(row, at)}, "initial": {"proxy": RECIPIENT}},
            person_id=row.person_id,
            **home_of(actor, row.person),
        )

    def find(self, actor: Actor, permission: Permission, number: int) -> Any:
        """Return the entitlement."""
        return due_for(actor, number, permission)

    def take(self, row: Any, sent: Sent) -> str:
        """Write the hand-over down; it moves the ledger with it."""
        values, outcome = sent.values, Outcome(sent.values["outcome"])
        gives = outcome in GIVES
        if gives:
            _must_be_proved(sent)
            _must_be_due_still(row, sent)
        record_handover(
            form_id=sent.form_id,
            due=row,
            outcome=outcome,
            quantity=values["quantity"],
            proof=Proof.SIGNATURE if gives else Proof.NONE,
            signature_id=sent.photos.signed if gives else None,
            photo_id=sent.photos.first,
            proxy_id=_proxy(row, values["proxy"], sent.at),
            note=values["note"],
            by=sent.by,
            at=sent.at,
        )
        return ""


def _must_be_proved(sent: Sent) -> None:
    photos = sent.photos
    if not photos.named or photos.signature is None:
        words = _("Add a picture of the signature and a photo of the hand-over.")
        raise BadFields({"signature": words})
    photos.must_have_arrived(photos.named[0], photos.signature)


def _must_be_due_still(row: Any, sent: Sent) -> None:
    """Ask what is known today, too: the day of the hand-over is the phone's word."""
    if sent.vouched is None and day(sent.at) != day(sent.received_at):
        reasons = reasons_not_to_hand_over(row, on=day(sent.received_at))
        if reasons:
            raise MustNotHandOver(reasons)


def _who(row: Any, at: datetime) -> list[list[Any]]:
    proxy = standing_for(row.person_id, on=day(at))
    found: list[list[Any]] = [[RECIPIENT, both(_("The recipient"))]]
    if proxy is not None:
        words = both(
            lambda: _("Their proxy: %(name)s") % {"name": short_name(proxy.name)}
        )
        found.append([str(proxy.pk), words])
    return found


def _proxy(row: Any, chosen: str | None, at: datetime) -> int | None:
    if not chosen or chosen == RECIPIENT:
        return None
    proxy = standing_for(row.person_id, on=day(at))
    if proxy is None or str(proxy.pk) != chosen:
        raise BadFields({"proxy": _("This proxy was not in force on that day.")})
    return int(proxy.pk)
