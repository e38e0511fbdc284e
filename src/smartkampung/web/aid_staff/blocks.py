"""Reasons in words, with the record that stood in the way: never a person or a NIK."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.programmes import programme_names
from smartkampung.kernel.wording import short_day
from smartkampung.web.aid_staff.words import COMPONENTS

BLOCKED = "already_receiving"


def sees_components(actor: Actor, region_code: str) -> bool:
    """Say whether an actor may read a component, which can tell of a pregnancy."""
    return actor.may_in(Permission.RESIDENT_VIEW, region_code)


def reasons(
    words: Mapping[Any, Promise],
    codes: Iterable[str],
    records: Collection[Mapping[str, Any]],
    *,
    components: bool,
    names: Mapping[str, str] | None = None,
) -> list[str]:
    """Return reasons in words; the one about other aid names each record of it.

    ``names`` are those of the programmes, for whoever asks about many at once.
    """
    found = []
    for code in codes:
        text = str(words.get(code, code))
        if code == BLOCKED and records:
            called = names if names is not None else dict(programme_names())
            each = [_record(row, called, components=components) for row in records]
            text = f"{text.removesuffix('.')}: {'; '.join(each)}"
        found.append(text)
    return found


def _record(
    row: Mapping[str, Any], names: Mapping[str, str], *, components: bool
) -> str:
    return record(
        names.get(row["programme"], row["programme"]),
        component=row["component"],
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        another=row["another"],
        components=components,
    )


def record(
    name: str,
    *,
    component: str,
    since: date,
    until: date | None,
    another: bool = False,
    components: bool,
) -> str:
    """Return "Family Hope Programme (PKH), pregnancy, since 1 January 2026"."""
    parts = [name]
    if components and component:
        parts.append(str(COMPONENTS.get(component, component)))
    begun = short_day(since)
    if until is None:
        parts.append(_("since %(since)s") % {"since": begun})
    else:
        parts.append(f"{begun} – {short_day(until)}")
    if components and another:
        parts.append(_("received by another person on the family card"))
    return ", ".join(parts)
