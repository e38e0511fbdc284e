"""The packing list of a batch on paper: what it says, and to whom."""

import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import Batch, Entitlement
from smartkampung.aid.rules.handover import Outcome
from smartkampung.audit.models import Access
from smartkampung.kernel.rls import Kind, act_as
from tests import cases, cast, population

pytestmark = pytest.mark.django_db
BATCHES = "/staff/aid/batches/"
MARKUP = "Ni #Luh [*Ayu*] _Sri_ $x$ @a <b> \\ `c`"


def enter(username: str, *, english: bool = True) -> Client:
    """Sign somebody of the desk in."""
    client = cast.english(Client()) if english else Client()
    return cast.sign_in(client, Staff.objects.get(username=username))


def pages(client: Client, batch: Batch) -> list[str]:
    """Return the words of each page of the list, white space evened out."""
    answer = client.get(f"{BATCHES}{batch.pk}/packing-list.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def resident(desk: cases.Desk, name: str, number: int) -> Entitlement:
    """Return what a neighbour of Wayan is due."""
    nik = f"351009120485{number:04}"
    return cases.approved(desk, population.person(name, nik))


def next_door(desk: cases.Desk, name: str) -> Entitlement:
    """Return what somebody in the next village is due."""
    person = population.person(name, "3510095505900001", region=population.RT_NEXT_DOOR)
    claim = cases.claim_of(person)
    cases.visit(claim, cases.rights(cast.budi()))
    cases.approve(claim, desk.endang)
    return cases.due_of(claim)


def test_the_paper_says_what_the_batch_holds() -> None:
    desk = cases.desk()
    there = next_door(desk, "Komang Ardi")
    dues = [there, cases.approved(desk), resident(desk, "Ayu Lestari", 11)]
    batch = cases.announced(desk, *dues)
    text = " ".join(pages(enter("endang"), batch))
    for words in (
        "Blambangan",
        "Packing list Regency food pack",
        "Kecamatan Lereng",
        "Stage 1",
        "Tuesday, 24 November 2026, Balai desa",
        "10 kg of rice, instant noodles",
        "Amount for each 1 food pack",
        "Recipients 3",
        "Total goods or money 3 food packs",
        "by endang",
    ):
        assert words in text
    order = [
        "Sumberwangi 2 recipients, 2 food packs",
        "RW 002, RT 007 2 recipients, 2 food packs",
        "1 Ayu Lestari 007 1 food pack",
        "2 I Wayan Sudarma 007 1 food pack",
        "Karangjati 1 recipient, 1 food pack",
        "RW 001, RT 001 1 recipient, 1 food pack",
        "3 Komang Ardi 001 1 food pack",
    ]
    found = [text.find(words) for words in order]
    assert -1 not in found
    assert found == sorted(found)
    assert not re.search(r"\d{16}", text)


def test_indonesian_readers_get_it_in_indonesian() -> None:
    desk = cases.desk()
    due = cases.approved(desk)
    batch = cases.announced(desk, due)
    Entitlement.objects.filter(pk=due.pk).update(amount=1250)
    text = pages(enter("endang", english=False), batch)[0]
    assert "Daftar pengepakan" in text
    assert "Jumlah barang atau uang 1.250 paket sembako" in text
    assert "Dicetak" in text
    assert "10 kg beras, mi instan" in text
    assert "10 kg of rice" not in text


def test_a_village_is_counted_over_all_its_rts() -> None:
    desk = cases.desk()
    wayan = cases.approved(desk)
    neighbour = resident(desk, "Ayu Lestari", 11)
    unknown = resident(desk, "Putu Arsana", 12)
    batch = cases.announced(desk, wayan, neighbour, unknown)
    places = {neighbour: f"{cast.HERE}.003.001", unknown: cast.HERE}
    for due, code in places.items():
        Entitlement.objects.filter(pk=due.pk).update(region_code=code)
    text = " ".join(pages(enter("endang"), batch))
    assert "Sumberwangi 3 recipients, 3 food packs" in text
    assert "RW 002, RT 007 1 recipient, 1 food pack" in text
    assert "RW 003, RT 001 1 recipient, 1 food pack" in text
    assert "RT not recorded 1 recipient, 1 food pack" in text


def test_every_page_repeats_the_columns_and_counts_itself() -> None:
    desk = cases.desk()
    names = [f"Warga {number:02}" for number in range(25)]
    dues = [resident(desk, name, 100 + n) for n, name in enumerate(names)]
    found = pages(enter("endang"), cases.announced(desk, *dues))
    assert len(found) > 1
    for number, text in enumerate(found, start=1):
        assert "No. Name RT Quantity Signature Outcome" in text
        assert f"{number} / {len(found)}" in text
    assert re.findall(r"Warga \d\d", " ".join(found)) == names


def test_a_name_with_markup_prints_as_it_is_written() -> None:
    desk = cases.desk()
    batch = cases.announced(desk, resident(desk, MARKUP, 11))
    assert MARKUP in pages(enter("endang"), batch)[0]


def test_the_village_prints_its_own_recipients_and_that_is_logged() -> None:
    desk = cases.desk()
    here, there = cases.approved(desk), next_door(desk, "Komang Ardi")
    batch = cases.announced(desk, here, there)
    text = pages(enter("sari"), batch)[0]
    assert "Wayan" in text
    assert "Komang" not in text
    assert "Recipients 1" in text
    look = Access.objects.get()
    assert (look.person_id, look.purpose, look.by) == (
        here.person_id,
        "aid.batch",
        "sari",
    )


def test_what_was_received_stands_there_and_what_went_back_does_not() -> None:
    desk = cases.desk()
    wayan, gone = cases.approved(desk), resident(desk, "Ayu Lestari", 11)
    batch = cases.announced(desk, wayan, gone)
    cases.call(wayan, desk.sari, Outcome.RECEIVED)
    Entitlement.objects.filter(pk=gone.pk).update(cancelled=True)
    text = pages(enter("endang"), batch)[0]
    assert "1 I Wayan Sudarma 007 1 food pack Received" in text
    assert "Was not there" not in text
    assert "Ayu Lestari" not in text


def test_nobody_prints_the_list_of_elsewhere() -> None:
    desk = cases.desk()
    batch = cases.announced(desk, cases.approved(desk))
    cast.staff("lain", Role.KECAMATAN_OFFICER, cast.OTHER_KECAMATAN)
    answer = enter("lain").get(f"{BATCHES}{batch.pk}/packing-list.pdf")
    assert answer.status_code == 404
    act_as(Kind.JOB)
    assert not Access.objects.exists()


def test_an_rt_head_prints_no_list() -> None:
    desk = cases.desk()
    batch = cases.announced(desk, cases.approved(desk))
    answer = enter("made").get(f"{BATCHES}{batch.pk}/packing-list.pdf")
    assert answer.status_code == 403


def test_the_batch_page_leads_to_the_list() -> None:
    desk = cases.desk()
    batch = cases.announced(desk, cases.approved(desk))
    page = f"{BATCHES}{batch.pk}/"
    assert f'href="{page}packing-list.pdf"' in enter("sari").get(page).content.decode()
