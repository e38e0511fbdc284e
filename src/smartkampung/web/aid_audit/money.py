"""What became of the aid of a case, as sections of a document."""

from typing import Any

from django.utils.translation import gettext as _

from smartkampung.aid.assurance.queries.thread import Given, Thread
from smartkampung.aid.confirmation.rules import Answer
from smartkampung.aid.confirmation.words import ANSWERS
from smartkampung.aid.grievances.words import DESKS, EVENTS, KINDS, REMEDIES, STATES
from smartkampung.aid.payments.words import reason
from smartkampung.aid.proxies.rules import Relation
from smartkampung.aid.proxies.words import RELATIONS
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, moment
from smartkampung.web.aid_audit.steps import item
from smartkampung.web.aid_audit.words import PROOFS
from smartkampung.web.aid_payments.words import EFFECTS, PAYMENTS
from smartkampung.web.aid_staff import present
from smartkampung.web.aid_staff.words import OUTCOMES

Part = dict[str, Any]


def money_sections(thread: Thread) -> list[Part]:
    """Return entitlements, hand-overs and payments, and what the family says."""
    given = thread.given
    sections = [
        (_("Entitlements"), [_due(one.due) for one in given]),
        (
            _("Hand-overs"),
            [_handover(row, one) for one in given for row in one.handovers],
        ),
        (_("Payments"), [_payment(row, one) for one in given for row in one.payments]),
        (
            _("What the family says"),
            [_confirmation(row, one) for one in given for row in one.confirmations],
        ),
    ]
    if thread.grievances:
        told = [_grievance(row) for row in thread.grievances]
        sections.append((_("Grievances"), told))
    return [{"title": title, "items": items} for title, items in sections]


def _due(due: Any) -> Part:
    programme, batch, tranche = due.programme, due.batch, due.tranche
    told = {
        _("Programme"): either(programme.name, programme.name_en),
        _("Period"): long_day(due.period),
        _("Amount"): _amount(due.amount, due),
        _("Contents"): either(due.contents, due.contents_en),
        _("Line on the list"): f"#{due.enrolment_id}" if due.enrolment_id else "",
        _("Tranche"): tranche.number if tranche else "",
        _("Batch"): f"#{batch.pk}, {long_day(batch.hand_over_on)}, {batch.place}"
        if batch
        else "",
        _("Given back"): _("back in the budget") if due.cancelled else "",
    }
    return item(f"#{due.pk}", told)


def _handover(row: Any, one: Given) -> Part:
    words, _colour = OUTCOMES[row.outcome]
    collection = one.collections.get(row.pk)
    proxy = collection.proxy if collection else None
    told = {
        _("Entitlement"): f"#{one.due.pk}",
        _("Outcome"): words,
        _("Given"): _amount(row.quantity, one.due),
        _("Of what is due"): _amount(row.due, one.due),
        _("Proof"): PROOFS[row.proof],
        _(
            "Collected by a proxy"
        ): f"{proxy.name}, {RELATIONS[Relation(proxy.relation)]}" if proxy else "",
        _("Card shown, made at"): moment(row.card.made_at) if row.card else "",
        _("Recorded by"): row.recorded_by.full_name,
        _("Note"): row.note,
        _("Number"): str(row.pk),
    }
    return item(moment(row.recorded_at), told)


def _payment(row: Any, one: Given) -> Part:
    words, _colour = PAYMENTS[row.state]
    batch = row.batch
    answers = [
        f"{moment(notice.answer.read_at)}: {EFFECTS[notice.effect]}"
        f" ({notice.answer.message_id})"
        for notice in sorted(row.notices.all(), key=lambda notice: notice.pk)
    ]
    told = {
        _("Entitlement"): f"#{one.due.pk}",
        _("Amount"): _amount(row.amount, one.due),
        _("Status"): words,
        _("Batch"): f"#{batch.pk}, {batch.message_id}",
        _("Sent at"): moment(batch.sent_at) if batch.sent_at else "",
        _("Settled at"): moment(row.settled_at) if row.settled_at else "",
        _("Why"): reason(row.reason) if row.reason else "",
        _("Answers"): "; ".join(answers),
    }
    return item(row.reference, told)


def _confirmation(row: Any, one: Given) -> Part:
    told = {
        _("Entitlement"): f"#{one.due.pk}",
        _("Answer"): ANSWERS[Answer(row.answer)] if row.answer else _("no answer yet"),
        _("Answered at"): moment(row.answered_at) if row.answered_at else "",
        _("In their words"): row.words,
        _("Told a gap at"): moment(row.disputed_at) if row.disputed_at else "",
        _("What was found"): row.finding,
    }
    return item(f"#{row.pk}, {moment(row.recorded_at)}", told)


def _grievance(row: Any) -> Part:
    state, _colour = STATES[row.state]
    told = {
        _("In their words"): row.text,
        _("Status"): state,
        _("Lies with"): DESKS[row.desk],
        _("Answer"): row.answer,
        _("Decided by"): row.decided_by.full_name if row.decided_by else "",
        _("What followed"): REMEDIES[row.remedy] if row.remedy else "",
        _("What happened"): "; ".join(
            f"{EVENTS[event.kind]}, {moment(event.at)}"
            for event in sorted(row.events.all(), key=lambda event: event.pk)
        ),
    }
    return item(f"#{row.pk}, {KINDS[row.kind]}, {moment(row.told_at)}", told)


def _amount(value: int, due: Any) -> str:
    return present.amount(value, due.programme.commodity)
