"""Wayan's family objects to a refusal; only it learns what comes of that."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from smartkampung.aid.actions.decide import decide_claim
from smartkampung.aid.actions.objection import answer_objection
from smartkampung.aid.models import Claim, Decision, Objection
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import cases
from tests.cases import NOW, Desk
from tests.web.outcomes import enter, open_desk, refused
from tests.web.reportform import body

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk() -> Desk:
    return open_desk()


def test_an_objection_waits_for_somebody_else(client: Client, desk: Desk) -> None:
    where = refused(desk)
    enter(client, where)
    answer = client.post(
        f"{where}object/", {"text": "Kami sudah tidak bekerja."}, follow=True
    )
    assert "Kami sudah tidak bekerja." in body(answer)
    assert 'name="text"' not in body(answer)
    act_as(Kind.JOB)
    assert Objection.objects.get().decision == Decision.objects.get()
    assert WorkItem.objects.get(closed_at=None).kind == "aid.answer_objection"


def test_an_answered_objection_is_told(client: Client, desk: Desk) -> None:
    where = refused(desk)
    enter(client, where)
    client.post(f"{where}object/", {"text": "Mohon dilihat lagi."})
    act_as(Kind.JOB)
    answer_objection(
        objection=Objection.objects.get(),
        upheld=True,
        answer="Petugas datang lagi.",
        by=desk.bambang,
        at=NOW,
    )
    page = body(client.get(f"{where}outcome/"))
    assert "Petugas datang lagi." in page
    assert "diterima" in page


def objected(desk: Desk, client: Client) -> str:
    """Refuse, object, and uphold the objection; return where it is followed."""
    where = refused(desk)
    enter(client, where)
    client.post(f"{where}object/", {"text": "Mohon dilihat lagi."})
    act_as(Kind.JOB)
    answer_objection(
        objection=Objection.objects.get(),
        upheld=True,
        answer="Petugas datang lagi.",
        by=desk.bambang,
        at=NOW,
    )
    run_waiting()
    return where


def test_after_an_upheld_objection_the_family_sees_who_comes_next(
    client: Client, desk: Desk
) -> None:
    where = objected(desk, client)
    for page in (where, f"{where}outcome/"):
        shown = body(client.get(page))
        assert "Sanggahan Anda diterima" in shown
        assert "Petugas Desa Sumberwangi akan datang" in shown
        assert "Jumat, 27 November 2026" in shown
        assert "Selasa, 1 Desember 2026" in shown


def test_an_upheld_objection_leads_to_the_hand_over(client: Client, desk: Desk) -> None:
    where = objected(desk, client)
    act_as(Kind.JOB)
    claim = Claim.objects.get()
    cases.visit(claim, desk.made)
    assert "akan datang" not in body(client.get(where))
    act_as(Kind.JOB)
    decide_claim(
        claim=claim,
        approved=True,
        programme=cases.programme(),
        by=desk.bambang,
        at=NOW + timedelta(days=1),
    )
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        page = body(enter(Client(), where))
    assert "Paket sembako APBD" in page
    assert "Selasa, 1 Desember 2026" in page
    assert "terlambat" in page


def test_a_stranger_with_the_code_cannot_tell_that_an_objection_was_upheld(
    client: Client, desk: Desk
) -> None:
    where = objected(desk, client)
    upheld = body(Client().get(where))
    act_as(Kind.JOB)
    Claim.objects.update(closed_at=NOW)
    plain = body(Client().get(refused(desk)))
    code = re.compile(r"(\w{4}-){2}\w{4}|csrfmiddlewaretoken\" value=\"\w+")
    assert code.sub("", upheld) == code.sub("", plain)


def test_after_a_refusal_nothing_is_called_late(client: Client, desk: Desk) -> None:
    where = refused(desk)
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        page = body(client.get(where))
    assert "Lewat dari janji" not in page
    assert "Sudah diputuskan" in page


def test_a_second_objection_is_refused(client: Client, desk: Desk) -> None:
    where = refused(desk)
    enter(client, where)
    client.post(f"{where}object/", {"text": "Satu."})
    answer = client.post(f"{where}object/", {"text": "Dua."})
    assert answer.status_code == 409
    act_as(Kind.JOB)
    assert Objection.objects.count() == 1


@pytest.mark.parametrize(("text", "words"), [("", "Tulis"), ("a" * 1001, "1.000")])
def test_an_objection_needs_words(
    client: Client, desk: Desk, text: str, words: str
) -> None:
    where = refused(desk)
    enter(client, where)
    answer = client.post(f"{where}object/", {"text": text})
    assert answer.status_code == 422
    assert words in body(answer)


def test_without_proof_nobody_objects(client: Client, desk: Desk) -> None:
    where = refused(desk)
    answer = client.post(f"{where}object/", {"text": "Saya orang lain."})
    assert answer.status_code == 302
    act_as(Kind.JOB)
    assert not Objection.objects.exists()


def test_after_thirty_days_nobody_objects(client: Client, desk: Desk) -> None:
    where = refused(desk)
    with time_machine.travel(NOW + timedelta(days=31), tick=False):
        page = body(enter(client, where))
        assert 'name="text"' not in page
        answer = client.post(f"{where}object/", {"text": "Terlambat."})
        assert answer.status_code == 409
