"""The list says what each item is about, and has its first item on the first screen."""

import re

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.frontline.today.queries.subjects import READ
from smartkampung.kernel.clock import now
from smartkampung.web.aid_staff.subjects import WORDS
from tests import cases, cast, speaking, texting

pytestmark = pytest.mark.django_db
HOME = "/staff/"


def words(account: Staff, query: str = "", *, english: bool = True) -> str:
    """Return what the list says."""
    client = Client() if not english else cast.english(Client())
    page = cast.sign_in(client, account).get(HOME + query).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_rt_head_tells_two_tasks_and_two_calls_apart() -> None:
    people = speaking.heads()
    office = cast.camat()
    speaking.asked(office, title="Tempel poster nomor pengaduan")
    speaking.asked(office, title="Kumpulkan daftar lansia")
    texting.an_assist()
    phone = "+6285211112222"
    for said in ("SURAT", "2", "Sumberwangi Lereng RT 7 RW 2"):
        texting.write(said, at=now(), phone=phone)
    said = words(people["rt"])
    assert "Do what an announcement asks: Tempel poster nomor pengaduan" in said
    assert "Do what an announcement asks: Kumpulkan daftar lansia" in said
    assert "Call somebody who asked by text: Report missing aid" in said
    assert "A letter, or another service of the office" in said
    said = words(people["rt"], english=False)
    assert "Telepon warga yang meminta lewat pesan: Laporkan belum menerima" in said


def test_what_waits_for_others_says_nothing_of_itself() -> None:
    people = speaking.heads()
    speaking.asked(cast.camat(), title="Tempel poster nomor pengaduan")
    assert "Tempel poster" in words(people["rt"])
    assert Permission.REPORT_VIEW in PERMISSIONS[Role.VILLAGE_HEAD]
    others = words(people["head"], "?show=others")
    assert "Do what an announcement asks" in others
    assert "Do what an announcement asks: Tempel poster" not in others


def test_every_subject_has_words_for_what_its_table_keeps() -> None:
    """Whoever adds a table whose rows need wording is told here."""
    labels = {model._meta.label_lower: fields for model, fields in READ.items()}
    assert set(WORDS) <= set(labels)
    for label, fields in labels.items():
        plain = label not in WORDS
        assert not plain or len(fields) == 1, label


def test_numbers_that_are_nought_take_no_room() -> None:
    cases.desk()
    said = words(cast.staff("rt", Role.RT_HEAD, cast.RT_HERE))
    assert "stuck" not in said
    assert "Only one place or kind" not in said
    assert "Nothing waits here" in said


def test_news_is_one_line_a_warning_first() -> None:
    people, office = speaking.heads(), cast.camat()
    speaking.said(office, title="Bayar pajak")
    speaking.said(office, title="Kerja bakti")
    said = words(people["rt"], english=False)
    assert "Kabar untuk Anda: Kerja bakti · 1 lagi" in said
    assert "Bayar pajak" not in said
