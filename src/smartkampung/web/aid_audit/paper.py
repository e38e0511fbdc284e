"""The thread of a case as the document shows it: sections of plain texts."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.aid.assurance.queries.thread import Thread
from smartkampung.aid.queries.programmes import Question
from smartkampung.audit.queries import fingerprint
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.wording import moment, short_day
from smartkampung.regions.queries import regency
from smartkampung.web.aid_audit.money import money_sections
from smartkampung.web.aid_audit.steps import claim_sections, list_sections
from smartkampung.web.aid_staff import present

Part = dict[str, Any]
# A word that fills a line is given places at which it may be broken.
LONG = re.compile(r"\S{24}(?=\S)")
ZERO_WIDTH_SPACE = "\u200b"


def document(
    thread: Thread, asked: Sequence[Question], *, by: str, at: datetime
) -> Part:
    """Return all that the template needs; every text is a value, never markup."""
    here = regency()
    begins = claim_sections(thread, asked) if thread.claim else list_sections(thread)
    data = {
        "lang": (get_language() or "id")[:2],
        "title": _title(thread),
        "regency": here.name if here else "",
        "foot": _("Printed %(moment)s by %(name)s")
        % {"moment": moment(at), "name": by},
        "rows": _head(thread, by=by, at=at),
        "sections": [*begins, *money_sections(thread)],
        "none": _("Nothing is on record."),
        "ledger": _ledger(thread),
        "events": _events(thread),
        "note": _(
            "A signature of the ledger proves its transfer and its place in the chain;"
            " the program checks both with a key that is not in the database. The hash"
            " of an event is the SHA-256 of all that it says: print it again later, and"
            " a changed event shows another hash. That this document was made, by whom"
            " and with what hash is itself such an event."
        ),
    }
    broken: Part = _breakable(data)
    return broken


def _title(thread: Thread) -> str:
    words = _("Claim") if thread.claim else _("Proposal")
    return f"{words} #{thread.origin.pk}"


def _head(thread: Thread, *, by: str, at: datetime) -> list[Part]:
    person, code = thread.person, thread.region_code
    told = {
        _("For"): person.name if person else _("Not in the registry"),
        _("Number in the registry"): f"#{person.pk}" if person else "",
        _("Where"): present.where([code])[code],
        _("Region code"): code,
        _("Made at"): moment(at),
        _("Made by"): by,
    }
    return [{"name": name, "text": str(text)} for name, text in told.items() if text]


def _ledger(thread: Thread) -> Part:
    return {
        "title": _("Movements in the ledger"),
        "columns": [_("No."), _("When"), _("Movement"), _("Accounts")],
        "rows": [
            {
                "cells": [
                    str(row.number),
                    _exact(row.at),
                    f"{row.kind}, {row.by}",
                    "; ".join(f"{code} {amount:+d}" for code, amount in row.legs),
                ],
                "proof": _proof(row),
            }
            for row in thread.movements
        ],
    }


def _proof(row: Any) -> str:
    place = (
        _("Place %(place)s, seal %(seal)s") % {"place": row.position, "seal": row.seal}
        if row.position
        else _("Not sealed yet")
    )
    parts = [row.key, place, f"mac {row.signature}"]
    return " · ".join([*parts, f"link {row.link}"] if row.link else parts)


def _events(thread: Thread) -> Part:
    return {
        "title": _("What was written down"),
        "columns": [_("When"), _("What"), _("By"), _("About and details")],
        "rows": [
            {
                "cells": [
                    _exact(row.at),
                    row.name,
                    row.by,
                    f"{row.target_kind} {row.target_id} {_detail(row.detail)}",
                ],
                "proof": f"#{row.pk} · sha256 {fingerprint(row)}",
            }
            for row in thread.events
        ],
    }


def _detail(detail: Part) -> str:
    return json.dumps(detail, ensure_ascii=False, sort_keys=True) if detail else ""


def _exact(at: datetime) -> str:
    return f"{short_day(at)} {at.astimezone(WIB):%H:%M:%S}"


def _breakable(value: Any) -> Any:
    """Return the same texts, with a place to break in words as long as a line."""
    if isinstance(value, dict):
        return {key: _breakable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_breakable(part) for part in value]
    if isinstance(value, str):
        return LONG.sub(lambda found: found[0] + ZERO_WIDTH_SPACE, value)
    return value
