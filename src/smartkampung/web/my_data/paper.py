"""The copy of a family's data on paper: what is recorded, aid, consents, who looked."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.aid.queries.benefits import Benefit
from smartkampung.aid.queries.own import OwnCase, OwnHandover
from smartkampung.aid.queries.programmes import questions
from smartkampung.aid.words import REASONS
from smartkampung.documents.pdf import compile_pdf
from smartkampung.kernel import wording
from smartkampung.regions.queries import regency
from smartkampung.residents.corrections.words import LABELS
from smartkampung.residents.life.words import KINDS
from smartkampung.residents.queries import Person
from smartkampung.residents.queries.own import Correction, LifeEvent
from smartkampung.residents.rules.corrections import Field
from smartkampung.residents.rules.fields import FIELDS
from smartkampung.residents.rules.life import Kind
from smartkampung.web.aid_cycles.words import PROPOSALS, tag
from smartkampung.web.aid_staff.blocks import reasons
from smartkampung.web.aid_staff.present import amount, state_tag
from smartkampung.web.aid_staff.words import OUTCOMES
from smartkampung.web.my_data.looking import Look
from smartkampung.web.my_data.record import OwnRecord
from smartkampung.web.my_data.words import CONSENTS, CORRECTION_STATES, STANDINGS
from smartkampung.web.people import present

Part = dict[str, Any]
# A page of looks is read; a book of them is not. The JSON copy holds them all.
MOST_LOOKS = 100
SEALED = {"nik", "kk", "phone"}


def statement(record: OwnRecord, *, printed_by: str = "") -> bytes:
    """Return the statement as a PDF in the language of whoever asks.

    ``printed_by`` names the office that printed it for the resident.
    """
    here = regency()
    made = wording.moment(record.made_at)
    foot = _("Made on %(moment)s") % {"moment": made}
    if printed_by:
        foot = _("Printed on %(moment)s by %(office)s") % {
            "moment": made,
            "office": printed_by,
        }
    data = {
        "lang": (get_language() or "id")[:2],
        "title": _("What is recorded about %(name)s")
        % {"name": record.copy.person.name},
        "regency": here.name if here else "",
        "foot": foot,
        "sections": [section for section in _sections(record) if section["rows"]],
        "note": _(
            "Is something wrong? Ask for a correction in My data or at the village"
            " office: a decision comes within 3 days. It costs nothing."
        ),
    }
    return compile_pdf("statement", data, at=record.made_at)


def _sections(record: OwnRecord) -> list[Part]:
    return [
        _facts(_("Family card"), _card(record)),
        *(_facts(row.name, _member(record, row)) for row in record.copy.card.members),
        _table(_("Aid"), [_benefit(row) for row in record.benefits]),
        _table(_("Proposed by my village"), _proposals(record)),
        _table(_("Reports of missing aid"), [_case(row) for row in record.cases]),
        _table(_("Hand-overs"), [_handover(row) for row in record.handovers]),
        *_visits(record),
        _table(
            _("What happened to %(name)s") % {"name": record.copy.person.name},
            [_life_event(row) for row in record.life],
        ),
        _table(_("Corrections"), [_correction(row) for row in record.corrections]),
        _table(_("What the family agrees to"), _consents(record)),
        _table(
            _("Who looked at the record of %(name)s")
            % {"name": record.copy.person.name},
            [_look(row) for row in record.looks[:MOST_LOOKS]],
        ),
    ]


def _proposals(record: OwnRecord) -> list[tuple[str, str]]:
    return [
        (f"{row.programme}: {row.cycle}", str(tag(PROPOSALS, row.state)["text"]))
        for row in record.proposals
    ]


def _facts(title: str, facts: list[Part]) -> Part:
    rows = [{"name": str(each["name"]), "text": str(each["value"])} for each in facts]
    return {"title": title, "rows": rows}


def _table(title: str, rows: list[tuple[str, str]]) -> Part:
    return {"title": title, "rows": [{"name": a, "text": b} for a, b in rows]}


def _card(record: OwnRecord) -> list[Part]:
    in_full = {"kk": record.copy.kk, "phone": record.copy.phone}
    facts = present.family_facts_among(set(FIELDS), record.copy.card.family)
    return present.with_numbers(facts, in_full) + _decile(record)


def _decile(record: OwnRecord) -> list[Part]:
    row = record.decile
    if row is None:
        return []
    day = wording.short_day(row.on)
    return [{"name": _("Decile"), "value": f"{row.decile} ({row.source}, {day})"}]


def _member(record: OwnRecord, person: Person) -> list[Part]:
    facts = present.facts_among(set(FIELDS) - {"kk", "phone", "address"}, person)
    return present.with_numbers(facts, {"nik": record.copy.niks[person.pk]})


def _benefit(row: Benefit) -> tuple[str, str]:
    words = [str(STANDINGS[row.standing]), amount(row.amount, row.commodity)]
    if row.expected_on:
        words.append(wording.long_day(row.expected_on))
        words.append(row.place)
    if row.last_paid_on:
        day = wording.short_day(row.last_paid_on)
        words.append(_("Last paid on %(day)s") % {"day": day})
    return row.programme_name, ", ".join(filter(None, words))


def _case(row: OwnCase) -> tuple[str, str]:
    words = [str(state_tag(row.state)["text"])]
    if row.outcome is not None:
        told = row.outcome.reasons, row.outcome.blocked_by
        words += reasons(REASONS, *told, components=False)
        words.append(row.outcome.note)
    title = f"{wording.short_day(row.opened_at)}, {row.person}"
    return title, ". ".join(part.rstrip(".") for part in words if part)


def _handover(row: OwnHandover) -> tuple[str, str]:
    words = [
        row.programme_name,
        str(OUTCOMES[row.outcome][0]),
        amount(row.quantity, row.commodity) if row.quantity else "",
    ]
    return wording.short_day(row.recorded_at), ", ".join(filter(None, words))


def _visits(record: OwnRecord) -> list[Part]:
    asked = questions() if record.visits else []
    return [
        _table(
            _("Written down at the house on %(day)s")
            % {"day": wording.short_day(visit.visited_at)},
            [
                (question.text, _("Yes") if visit.answers[question.code] else _("No"))
                for question in asked
                if question.code in visit.answers
            ],
        )
        for visit in record.visits
    ]


def _life_event(row: LifeEvent) -> tuple[str, str]:
    words = [str(KINDS[Kind(row.kind)]), row.elsewhere, row.note]
    return wording.short_day(row.happened_on), ". ".join(filter(None, words))


def _correction(wish: Correction) -> tuple[str, str]:
    title = f"{wording.short_day(wish.asked_at)}, {wish.person.name}"
    words = [str(LABELS[Field(wish.field)]), str(CORRECTION_STATES[wish.state][0])]
    return title, ". ".join(filter(None, [*words, wish.reason]))


def _consents(record: OwnRecord) -> list[tuple[str, str]]:
    rows = []
    for consent in record.consents:
        words = _("Yes") if consent.holds else _("No")
        if consent.given and consent.stopped:
            words += f" ({_('your phone said STOP')})"
        elif consent.since:
            words += f", {wording.moment(consent.since)}"
        rows.append((str(CONSENTS[consent.purpose].title), words))
    return rows


def _look(row: Look) -> tuple[str, str]:
    office = ", ".join(filter(None, [row.office, row.place]))
    words = ". ".join(filter(None, [office, row.purpose, row.reason]))
    return wording.moment(row.at), words
