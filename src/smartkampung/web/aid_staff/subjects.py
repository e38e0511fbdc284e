"""The words for what an item of the list is about."""

from collections.abc import Callable, Iterable
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.aid.grievances.rules import Kind as Grievance
from smartkampung.aid.grievances.words import KINDS as GRIEVANCES
from smartkampung.frontline.field.kinds import kind_of
from smartkampung.frontline.texting.rules.menu import Topic
from smartkampung.frontline.today.queries.subjects import subjects_of
from smartkampung.kernel.language import either
from smartkampung.reopening.guidance.rules.kinds import Kind as Guidance
from smartkampung.reopening.guidance.words import KINDS as GUIDANCE
from smartkampung.reopening.places.words import EVENT_KINDS
from smartkampung.web.letters_staff.present import title_of
from smartkampung.web.texting.words import TOPICS


def _field(kind: str, health: bool) -> Any:
    known = kind_of(kind)
    return known.label if known and not health else ""


WORDS: dict[str, Callable[..., Any]] = {
    "texting.assist": lambda topic: TOPICS[Topic(topic)],
    "aid.grievance": lambda kind: GRIEVANCES[Grievance(kind)],
    "places.event": lambda kind: EVENT_KINDS[kind],
    "requests.letterrequest": title_of,
    "aid.budgetrequest": either,
    "aid.paymentbatch": either,
    "aid.villagelist": either,
    "recovery.offer": either,
    "guidance.guidance": lambda kind: GUIDANCE[Guidance(kind)][0],
    "field.record": _field,
}


def subjects_of_work(actor: Actor, rows: Iterable[Any]) -> dict[str, str]:
    """Return what items are about in the reader's words; those of people are left out.

    Only where it is the actor's own work, as for the names of people.
    """
    mine = [row for row in rows if actor.may_in(row.permission, row.region_code)]
    found = subjects_of(row.target for row in mine)
    return {
        target: str(WORDS.get(target.partition(":")[0], str)(*values))
        for target, values in found.items()
    }
