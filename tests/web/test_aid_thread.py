"""A case as one document: from the report to what the family says, and the proofs."""

import io
import re
import uuid
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from smartkampung.accounts.actions import assign
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.confirmation.actions import answer_confirmation
from smartkampung.aid.confirmation.rules import Answer
from smartkampung.aid.grievances.rules import Kind as Told
from smartkampung.aid.models import (
    Claim,
    Confirmation,
    Entitlement,
    Grievance,
    Override,
    Report,
)
from smartkampung.aid.payments.rules.steps import Channel
from smartkampung.audit.actions import record
from smartkampung.audit.models import Access, Event
from smartkampung.audit.queries import fingerprint
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.ledger.bulk import seal_waiting
from smartkampung.ledger.models import ChainLink, Transfer
from smartkampung.residents.models import KK, NIK, Person
from tests import cases, cast, errors, grievances, payments, population, proxies, rounds
from tests.cases import NOW

pytestmark = pytest.mark.django_db
ODD = '#panic("no") $x^2$ *tebal* _m_ \\ " <a> @ref [b] {c} `d` // 😀 \u202e'


def enter(role: Role = Role.AUDITOR, place: str = cast.REGENCY) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), cast.staff("lestari", role, place))


def fetch(client: Client, row: Claim | Any) -> Any:
    """Fetch the document of a claim or a proposal."""
    kind = "claims" if isinstance(row, Claim) else "proposals"
    return client.get(f"/staff/audit/{kind}/{row.pk}/thread.pdf")


def read(answer: Any) -> str:
    """Return the words of a document, without line ends and breaking places."""
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(page.extract_text() for page in pages)
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def tight(text: str) -> str:
    """Return a text without any space: long words are broken over lines."""
    return re.sub(r"\s", "", text)


def test_a_claim_is_told_from_its_report_to_what_the_family_says() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk, population.wayan())
    assert due.claim is not None
    _report(due.claim, "Warung tutup.")
    cases.call(due, desk.sari)
    seal_waiting(at=NOW)
    asked = Confirmation.objects.get()
    answer_confirmation(confirmation=asked, answer=Answer.LESS, words="Kurang.", at=NOW)
    client = enter()
    page = client.get(f"/staff/aid/claims/{due.claim.pk}/").content.decode()
    assert f"/staff/audit/claims/{due.claim.pk}/thread.pdf" in page
    answer = fetch(client, due.claim)
    text = read(answer)
    for words in (
        f"Claim #{due.claim.pk}",
        "I Wayan Sudarma",
        "Warung tutup.",
        "Checked by Sari Wulandari",
        "Approved",
        "Decided by Endang Lestari",
        f"Entitlement #{due.pk}",
        "Received",
        "We received less than this",
        "Kurang.",
        "aid.handover_recorded",
    ):
        assert words in text, words
    assert population.WAYAN_NIK not in text
    transfer = Transfer.objects.get(key=f"aid.hand_over:{due.pk}")
    link = ChainLink.objects.get(transfer_number=transfer.pk)
    assert bytes(transfer.mac or b"").hex() in tight(text)
    assert bytes(link.mac).hex() in tight(text)
    assert f"seal {link.seal_id}" in text
    event = Event.objects.get(name="aid.handover_recorded")
    assert fingerprint(event) in tight(text)
    _is_written_down(due.claim, answer.content)


def _report(claim: Claim, story: str) -> None:
    """Let somebody have reported the claim, in their own words."""
    form = uuid.uuid4()
    nik, kk = population.WAYAN_NIK, population.WAYAN_KK
    Report.objects.create(
        code_hash=form.bytes,
        form_id=form,
        claim=claim,
        for_self=True,
        nik=Sealed.of(nik, NIK),
        nik_index=blind_index(nik, NIK),
        kk=Sealed.of(kk, KK),
        kk_index=blind_index(kk, KK),
        born_on=population.WAYAN_BORN,
        region_code=claim.region_code,
        reason="never_received",
        story=story,
        channel="web",
        language="id",
        sent_at=NOW,
        verified_at=NOW,
    )


def _is_written_down(claim: Claim, content: bytes) -> None:
    act_as(Kind.JOB)
    event = Event.objects.get(name="aid.thread_exported")
    assert (event.by, event.target_id) == ("lestari", str(claim.pk))
    assert event.detail == {"sha256": sha256(content).hexdigest()}
    assert Access.objects.filter(purpose="aid.thread", by="lestari").exists()


def test_a_refusal_shows_its_reasons_the_objection_and_its_answer() -> None:
    claim = cases.reopened(cases.desk())
    text = read(fetch(enter(Role.DINSOS), claim))
    assert "Refused" in text
    assert "Keliru." in text
    assert "The objection is right" in text
    assert "Nothing is on record." in text


def test_a_proposal_is_told_from_the_meeting_to_the_payment() -> None:
    office = rounds.an_office(code=payments.CASH, budget=2_000_000)
    rounds.funded(office, 10**9)
    wayan = population.wayan()
    rounds.approved(office, wayan)
    dian = cases.rights(cast.staff("dian", Role.DINSOS, cast.REGENCY))
    desk = payments.Counter(office.round, office.head, dian, wayan, wayan)
    batch = payments.sent(desk, Channel.POST)
    proposal = Entitlement.objects.get().proposal
    assert proposal is not None
    client = enter(place=cast.KECAMATAN)
    page = client.get(f"/staff/aid/cycles/proposals/{proposal.pk}/").content.decode()
    assert f"/staff/audit/proposals/{proposal.pk}/thread.pdf" in page
    text = read(fetch(client, proposal))
    assert "Minutes no. 141/12/2026" in text
    assert "Approved by Endang Lestari" in text
    assert batch.message_id in tight(text)
    assert f"aid.payment_sent:{batch.pk}" in tight(text)
    assert f"aid.commit:{office.round.tranche.pk}:{office.village.pk}:0:" in tight(text)
    assert "Rp300,000" in text


def test_who_collected_and_an_exception_are_told() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    assert due.claim is not None
    pkh = cases.listed(due.person, "pkh")
    Override.objects.create(
        id=uuid.uuid4(),
        claim=due.claim,
        programme=due.programme,
        enrolment=pkh,
        reason="Rumahnya terbakar.",
        asked_by_id=desk.endang.staff_id,
        asked_at=NOW,
        decided_by_id=desk.bambang.staff_id,
        decided_at=NOW,
        granted=True,
    )
    cases.call(due, desk.sari, proxy_id=proxies.in_force(desk, due.person).pk)
    text = read(fetch(enter(), due.claim))
    assert "Collected by a proxy Made Sutama, Neighbour" in text
    assert proxies.MADE_NIK not in text
    assert "Rumahnya terbakar." in text


def test_odd_names_and_words_stay_text() -> None:
    desk = cases.desk()
    claim = cases.refused(desk)
    assert claim.person is not None
    Person.objects.filter(pk=claim.person.pk).update(name=ODD)
    _report(claim, ODD * 8 + "x" * 300)
    text = read(fetch(enter(), claim))
    assert '#panic("no") $x^2$ *tebal* _m_' in text
    assert "x" * 300 in tight(text)


def test_a_long_thread_is_whole() -> None:
    claim = cases.refused(cases.desk())
    for number in range(120):
        record("aid.probe", target=claim, by="test", number=number, long="y" * 200)
    text = read(fetch(enter(), claim))
    assert text.count("aid.probe") == 120
    assert '"number": 119' in text


def test_who_recorded_a_hand_over_does_not_read_what_the_family_says_of_it() -> None:
    desk = cases.desk()
    due = errors.handed_over(desk)
    asked = Confirmation.objects.get()
    answer_confirmation(confirmation=asked, answer=Answer.LESS, words="Kurang.", at=NOW)
    account = Staff.objects.get(username="sari")
    assign(
        staff=account,
        role=Role.AUDITOR,
        region_code=cast.REGENCY,
        since=cast.LONG_AGO,
        by="test",
    )
    client = cast.sign_in(cast.english(Client()), account)
    assert "Kurang." not in read(fetch(client, due.claim))


def test_a_grievance_of_the_family_is_in_it_and_one_about_conduct_is_not() -> None:
    wayan = population.wayan()
    claim = cases.refused(cases.desk(), wayan)
    for kind, text in [
        (Told.NOT_PAID, "Tidak sampai."),
        (Told.CONDUCT, "Pak RT marah."),
    ]:
        _code, row = grievances.sent(kind, text=text)
        Grievance.objects.filter(pk=row.pk).update(person=wayan)
    text = read(fetch(enter(), claim))
    assert "The aid did not come" in text
    assert "Tidak sampai." in text
    assert "We received it" in text
    assert "marah" not in text


def test_outside_ones_area_there_is_no_such_document() -> None:
    claim = cases.refused(cases.desk())
    assert fetch(enter(place=cast.OTHER_KECAMATAN), claim).status_code == 404
    act_as(Kind.JOB)
    assert not Event.objects.filter(name="aid.thread_exported").exists()


def test_an_event_that_was_changed_has_another_fingerprint() -> None:
    cases.refused(cases.desk())
    event = Event.objects.filter(name="aid.claim_decided").get()
    before = fingerprint(event)
    for name, value in {
        "by": "budi",
        "name": "x",
        "target_id": "0",
        "region_code": "",
        "detail": {},
        "at": NOW.replace(year=2025),
    }.items():
        row = Event.objects.get(pk=event.pk)
        setattr(row, name, value)
        assert fingerprint(row) != before
    assert fingerprint(Event.objects.get(pk=event.pk)) == before
