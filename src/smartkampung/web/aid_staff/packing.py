"""The packing list of a batch on paper, to pack by and to sign at the hand-over."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries import handover as queries
from smartkampung.aid.rules.handover import FINAL
from smartkampung.documents.pdf import compile_pdf
from smartkampung.kernel.clock import now
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, moment, whole
from smartkampung.regions.codes import village_of
from smartkampung.regions.queries import Place, names, places, regency
from smartkampung.residents.queries import note_looks
from smartkampung.web.aid_staff import present
from smartkampung.web.aid_staff.words import OUTCOMES
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
Part = dict[str, Any]
Numbered = tuple[int, Any]


@staff_page(P.HANDOVER_RECORD)
def packing_list(request: StaffRequest, batch_id: int) -> HttpResponse:
    """Return the packing list as a PDF: the recipients that the batch page shows."""
    actor = request.actor
    row = queries.batch_for(actor, batch_id, P.HANDOVER_RECORD)
    dues = list(queries.packing_list_for(actor, row, P.HANDOVER_RECORD))
    note_looks(
        actor,
        [due.person for due in dues],
        purpose="aid.batch",
        permission=P.HANDOVER_RECORD,
    )
    content = _document(row, dues, by=actor.username, at=now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="packing-list.pdf"'
    return response


def _document(batch: Any, dues: Sequence[Any], *, by: str, at: datetime) -> bytes:
    here = regency()
    data = {
        "lang": (get_language() or "id")[:2],
        "title": _("Packing list"),
        "regency": here.name if here else "",
        "foot": _("Printed %(moment)s by %(name)s")
        % {"moment": moment(at), "name": by},
        "programme": either(batch.programme.name, batch.programme.name_en),
        "facts": _facts(batch, dues),
        "columns": [
            _("No."),
            _("Name"),
            "RT",
            _("Quantity"),
            _("Signature"),
            _("Outcome"),
        ],
        "outcomes": [str(words) for words, _colour in OUTCOMES.values()],
        "villages": _villages(batch, dues),
    }
    return compile_pdf("packing", data, at=at)


def _facts(batch: Any, dues: Sequence[Any]) -> list[Part]:
    programme = batch.programme
    kecamatan = names([batch.kecamatan_code]).get(batch.kecamatan_code, "")
    each = sorted({due.amount for due in dues} or {programme.amount})
    facts = [
        ("Kecamatan", kecamatan),
        (_("Stage"), str(batch.stage)),
        (_("Day and place"), f"{long_day(batch.hand_over_on)}, {batch.place}"),
        (_("Contents for each"), _contents(dues)),
        (
            _("Amount for each"),
            " / ".join(present.amount(value, programme.commodity) for value in each),
        ),
        (_("Recipients"), whole(len(dues))),
        (_("Total goods or money"), _total(batch, dues)),
    ]
    return [{"name": name, "value": value} for name, value in facts if value]


def _contents(dues: Iterable[Any]) -> str:
    """Return what was promised: one text, unless the programme changed in between."""
    texts = {either(due.contents, due.contents_en) for due in dues}
    return " / ".join(sorted(filter(None, texts)))


def _villages(batch: Any, dues: Sequence[Any]) -> list[Part]:
    """Return the RTs of each village with their rows, numbered through the list."""
    found = places({due.region_code for due in dues})
    pairs = list(enumerate(dues, start=1))
    return [
        {
            "title": found[inside[0][1].region_code].village or code,
            "total": _subtotal(batch, inside),
            "groups": [
                {
                    "title": _area(found[rt]),
                    "total": _subtotal(batch, rows),
                    "rows": [_row(number, due, found[rt]) for number, due in rows],
                }
                for rt, rows in _by(inside, lambda code: code)
            ],
        }
        for code, inside in _by(pairs, village_of)
    ]


def _by(
    pairs: Iterable[Numbered], area: Callable[[str], str]
) -> list[tuple[str, list[Numbered]]]:
    grouped = groupby(pairs, key=lambda pair: area(pair[1].region_code))
    return [(code, list(rows)) for code, rows in grouped]


def _subtotal(batch: Any, pairs: Sequence[Numbered]) -> str:
    return f"{_count(len(pairs))}, {_total(batch, [due for _number, due in pairs])}"


def _row(number: int, due: Any, place: Place) -> Part:
    known = due.last_outcome if due.last_outcome in FINAL else None
    return {
        "number": whole(number),
        "name": due.person.name,
        "rt": place.rt,
        "quantity": present.amount(due.amount, due.programme.commodity),
        "outcome": str(OUTCOMES[known][0]) if known else "",
    }


def _area(place: Place) -> str:
    """Return "RW 002, RT 007"."""
    parts = [
        f"RW {place.rw}" if place.rw else "",
        f"RT {place.rt}" if place.rt else "",
    ]
    return ", ".join(filter(None, parts)) or _("RT not recorded")


def _count(number: int) -> str:
    words = ngettext("%(count)s recipient", "%(count)s recipients", number)
    return words % {"count": whole(number)}


def _total(batch: Any, dues: Iterable[Any]) -> str:
    return present.amount(sum(due.amount for due in dues), batch.programme.commodity)
