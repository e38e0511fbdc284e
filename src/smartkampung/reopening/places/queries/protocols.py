"""What the protocol of a kind of place said on a day."""

from datetime import date

from smartkampung.kernel.language import either
from smartkampung.reopening.guidance.queries import holding
from smartkampung.reopening.places.models import ProtocolVersion
from smartkampung.reopening.places.rules.protocol import (
    EVENTS,
    Checklist,
    EventRules,
    Item,
    read_checklist,
    read_events,
)


def in_force(kind: str, on: date) -> ProtocolVersion | None:
    """Return the version of a day, or None before the first.

    As with guidance, what nobody else confirmed does not hold.
    """
    rows = ProtocolVersion.objects.filter(holding(on), kind=kind)
    return rows.order_by("since", "pk").last()


def checklist_on(kind: str, on: date) -> tuple[ProtocolVersion, Checklist] | None:
    """Return the checklist of a day with its version, or None before the first."""
    found = in_force(kind, on)
    return (found, read_checklist(found.body)) if found else None


def checklist_of(version: ProtocolVersion) -> Checklist:
    """Return the checklist that a version holds."""
    return read_checklist(version.body)


def event_rules_on(on: date) -> EventRules | None:
    """Return the rules about events of a day, or None before the first."""
    found = in_force(EVENTS, on)
    return read_events(found.body) if found else None


def versions_of(kind: str) -> list[ProtocolVersion]:
    """Return every version of a kind, the latest first."""
    return list(ProtocolVersion.objects.filter(kind=kind).order_by("-since", "-pk"))


def version(pk: int) -> ProtocolVersion | None:
    """Return one version."""
    return ProtocolVersion.objects.filter(pk=pk).first()


def item_name(item: Item) -> str:
    """Return what an item says, in the reader's language."""
    return either(item.name, item.name_en)
