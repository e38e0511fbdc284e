"""Which letters there are in a place, and what each says there on a day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.letters.catalogue.models import WordingVersion
from smartkampung.letters.catalogue.rules.floor import (
    Less,
    bound,
    confirmed_in,
    parent,
    placed,
    taken_away,
)
from smartkampung.letters.catalogue.rules.reading import data_of, kind_of
from smartkampung.letters.catalogue.rules.wording import Wording, digest
from smartkampung.letters.catalogue.shipped import shipped
from smartkampung.regions.codes import inside


def wording_for(kind: str, village_code: str, on: date) -> Wording | None:
    """Return what a kind of letter says in a village; None where it is not offered."""
    held = _held(village_code, on, kind=kind).get(kind) or shipped().get(kind)
    return held if held and held.kind.offered else None


def kinds_offered(village_code: str, on: date) -> list[Wording]:
    """Return every letter that a village offers on a day, by title."""
    held = shipped() | _held(village_code, on)
    offered = [one for one in held.values() if one.kind.offered]
    return sorted(offered, key=lambda one: one.kind.title.id)


def wording_by(kind: str, version_id: int | None) -> Wording | None:
    """Return a wording by its row, or the shipped one of a kind without a row."""
    if version_id is None:
        return shipped().get(kind)
    row = WordingVersion.objects.filter(kind=kind, pk=version_id).first()
    return wording_of(row) if row else None


def wording_of(row: WordingVersion) -> Wording:
    """Return what a row says."""
    return Wording(
        kind=kind_of(row.body),
        digest=row.digest,
        version_id=row.pk,
        scope=row.region_code,
        number=row.number,
        holds_from=row.holds_from,
    )


def _held(code: str, on: date, *, kind: str = "") -> dict[str, Wording]:
    """Return what places around a code wrote, the nearest and then the latest last."""
    rows = WordingVersion.objects.filter(
        region_code__in=_around(code), confirmed_at__isnull=False, holds_from__lte=on
    )
    rows = rows.filter(kind=kind) if kind else rows
    latest: dict[tuple[str, int], WordingVersion] = {
        (row.kind, len(row.region_code)): row
        for row in rows.order_by("holds_from", "number")
    }
    held: dict[str, Wording] = {}
    for (code_, _level), row in sorted(latest.items(), key=lambda item: item[0]):
        held[code_] = _bound(held.get(code_) or shipped().get(code_), wording_of(row))
    return held


def _bound(above: Wording | None, own: Wording) -> Wording:
    """Return a wording with what the one above it asks for by now, too.

    The regency may take away what shipped: it is its own second person who confirms.
    """
    if above is None:
        return own
    kind = placed(above.kind, own.kind)
    if parent(own.scope) != own.scope:
        kind = bound(above.kind, kind)
    return (
        own
        if kind == own.kind
        else replace(own, kind=kind, digest=digest(data_of(kind)))
    )


def above(kind: str, region_code: str, on: date) -> Wording | None:
    """Return the wording that holds above a place; None for a letter of its own."""
    higher = parent(region_code)
    held = _held(higher, on, kind=kind) if higher != region_code else {}
    return held.get(kind) or shipped().get(kind)


def place_to_confirm(row: WordingVersion) -> str:
    """Return the place in which somebody has to confirm a version."""
    over = above(row.kind, row.region_code, row.holds_from)
    return confirmed_in(row.region_code, over.kind if over else None, kind_of(row.body))


def less_than_above(row: WordingVersion) -> list[Less]:
    """Return in what a version asks less than the wording above it."""
    over = above(row.kind, row.region_code, row.holds_from)
    return taken_away(over.kind, kind_of(row.body)) if over else []


def _around(code: str) -> Iterable[str]:
    segments = code.split(".")
    return [".".join(segments[:depth]) for depth in range(2, 5)]


def versions_for(actor: Actor, kind: str = "") -> list[WordingVersion]:
    """Return the versions that concern an actor, the latest first.

    Those of places inside their area, and those of the places around it.
    """
    own = areas_of(actor)
    rows = WordingVersion.objects.order_by("-written_at", "-pk")
    rows = rows.filter(kind=kind) if kind else rows
    return [row for row in rows if any(_concerns(row.region_code, one) for one in own)]


def version_for(actor: Actor, version_id: int) -> WordingVersion | None:
    """Return a version that concerns an actor; None for any other."""
    row = WordingVersion.objects.filter(pk=version_id).first()
    if row and any(_concerns(row.region_code, one) for one in areas_of(actor)):
        return row
    return None


def areas_of(actor: Actor) -> tuple[str, ...]:
    """Return the regions in which an actor writes or confirms wordings."""
    wanted = (Permission.LETTER_WORDING_WRITE, Permission.LETTER_WORDING_CONFIRM)
    return tuple(sorted({one for p in wanted for one in actor.regions_where(p)}))


def _concerns(code: str, own: str) -> bool:
    return inside(code, own) or inside(own, code)
