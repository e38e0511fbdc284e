"""Announcements and broadcasts as plain values for pages."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Role
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.frontline.voice.rules.broadcasting import Danger
from smartkampung.frontline.voice.words import ASKS, DANGERS
from smartkampung.kernel.wording import long_day, moment
from smartkampung.regions.queries import names
from smartkampung.web.aid_staff.present import where

Part = dict[str, Any]
MEGABYTE = 1024 * 1024


def places_of(codes: Iterable[str]) -> dict[str, str]:
    """Return the words for places, a regency among them."""
    wanted = set(codes)
    found, called = where(wanted), names(wanted)
    return {code: found[code] or called.get(code, code) for code in wanted}


def offices(roles: Iterable[str]) -> list[str]:
    """Return what offices are called."""
    return [str(ROLE_LABELS[Role(role)]) for role in roles]


def cards(rows: Iterable[Any], url: Any) -> list[Part]:
    """Return announcements as lines of a list."""
    listed = list(rows)
    places = places_of(row.region_code for row in listed)
    return [
        {
            "title": row.title,
            "url": url(row),
            "place": places[row.region_code],
            "day": long_day(row.at),
            "asks": row.asks,
            "due": long_day(row.due_on) if row.due_on else "",
            "withdrawn": row.withdrawn_at is not None,
            "danger": bool(row.danger),
            "unread": not getattr(row, "is_read", True),
            "unanswered": row.asks == Ask.ACKNOWLEDGE
            and not getattr(row, "is_noted", True),
        }
        for row in listed
    ]


def announcement(row: Any) -> Part:
    """Return one announcement with everything that its page says."""
    return {
        "title": row.title,
        "body": row.body,
        "place": places_of([row.region_code])[row.region_code],
        "by": full_names([row.by]).get(row.by, row.by),
        "at": moment(row.at),
        "offices": offices(row.roles),
        "asks": ASKS[Ask(row.asks)],
        "due": long_day(row.due_on) if row.due_on else "",
        "public": row.public,
        "danger": DANGERS[Danger(row.danger)] if row.danger else "",
        "withdrawn": moment(row.withdrawn_at) if row.withdrawn_at else "",
        "reason": row.withdrawn_reason,
    }


def public_files(rows: Iterable[Any]) -> list[Part]:
    """Return what residents may open, without the names that files had: they may tell
    of somebody.
    """
    found = files(rows, "news_public:file")
    return [
        one
        | {
            "name": _("Photo %(number)d of the announcement") % {"number": number}
            if one["photo"]
            else _("file %(number)d") % {"number": number}
        }
        for number, one in enumerate(found, 1)
    ]


def files(rows: Iterable[Any], page: str) -> list[Part]:
    """Return what goes with an announcement: its address, name, kind and size."""
    return [
        {
            "url": reverse(page, args=[row.announcement_id, row.pk]),
            "name": row.name,
            "photo": row.kind == "photo",
            "size": f"{max(0.1, row.bytes / MEGABYTE):.1f} MB".replace(".", ","),
        }
        for row in rows
    ]
