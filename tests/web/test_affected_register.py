"""Wayan registers himself, one question a screen, with a browser that does little."""

import pytest
from django.test import Client

from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.actions.verify import verify
from smartkampung.recovery.affected.models import Registration
from tests.affected import LATER, NO_BOSS, actor
from tests.cast import english, places, sari
from tests.pictures import jpeg
from tests.reporting import STRANGER_NIK, wayan
from tests.web.registrationform import FORM, GOOD, SEND, body, fill, send, token

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(client: Client) -> Client:
    places()
    return client


def row() -> Registration:
    act_as(Kind.JOB)
    return Registration.objects.get()


def test_every_answer_arrives(phone: Client) -> None:
    review = fill(phone)
    assert "Rp3.000.000" in body(review)
    assert "Perahu dan kapal wisata" in body(review)
    slip = phone.get(send(phone, review)["Location"])
    kept = row()
    assert (kept.kind, kept.sector_id, kept.sales_down_percent) == (
        "sales_down",
        "boat",
        80,
    )
    assert (kept.income_before, kept.income_after, kept.debts) == (
        3_000_000,
        400_000,
        0,
    )
    assert (kept.wishes, kept.employer) == (["tools"], "Asosiasi perahu")
    assert kept.employer_phone is not None
    assert "Simpan kode ini" in body(slip)


def test_the_same_form_twice_is_one_registration(phone: Client) -> None:
    review = fill(phone)
    assert send(phone, review)["Location"] == send(phone, review)["Location"]
    assert row()


def test_only_who_sells_less_is_asked_by_how_much(phone: Client) -> None:
    review = fill(phone, kind={"kind": "laid_off"})
    assert "Dari setiap 100 rupiah" not in body(review)
    send(phone, review)
    assert row().sales_down_percent is None


@pytest.mark.parametrize(
    ("step", "wrong", "words"),
    [
        ("kind", {"kind": ""}, "Pilih yang paling sesuai."),
        ("sales", {"sales_down_percent": "101"}, "Ketik angka 1 sampai 100."),
        (
            "income",
            {"income_before": "tiga juta", "income_after": "0"},
            "Ketik jumlah rupiah dengan angka",
        ),
        ("income", {"income_before": "9" * 12, "income_after": "0"}, "angka nol"),
        ("burden", {"dependants": "21"}, "Paling banyak 20."),
        (
            "when",
            {**GOOD["when"], "happened_on_year": "2031"},
            "Tanggal itu belum tiba.",
        ),
        ("when", {**GOOD["when"], "happened_on_year": "2019"}, "3 tahun yang lalu"),
        ("card", {**GOOD["card"], "nik": "351009170890000"}, "15 angka"),
        ("wishes", {"skills": f"NIK saya {STRANGER_NIK}"}, "NIK"),
    ],
)
def test_what_is_wrong_is_named(
    phone: Client, step: str, wrong: dict[str, str], words: str
) -> None:
    page = fill(phone, **{step: wrong})
    assert page.status_code == 422
    assert words in body(page)


def test_a_photo_travels_along(phone: Client) -> None:
    page = fill(phone, photo={"photo": jpeg()})
    assert "1 foto" in body(page)
    send(phone, page)
    assert row().photo is not None


def test_another_language_keeps_the_answers(phone: Client) -> None:
    page = fill(phone, income={"income_before": "-", "income_after": "0"})
    there = phone.post(
        FORM, {"form": token(page), "step": "income", "language": "en"}, follow=True
    )
    assert "What came in before" in body(there)


def test_a_broken_form_begins_again(phone: Client) -> None:
    assert "mulai lagi" in body(phone.post(SEND, {"form": "x"}, follow=True))


def test_pages_are_light(phone: Client) -> None:
    assert len(fill(phone).content) < 20_000


def test_known_and_unknown_read_the_same(phone: Client) -> None:
    wayan()
    pages = []
    for nik in (GOOD["card"]["nik"], STRANGER_NIK):
        where = send(phone, fill(phone, card={**GOOD["card"], "nik": nik}))["Location"]
        run_waiting()
        code = where.split("/")[2]
        pages.append(body(phone.get(f"/affected/{code}/")).replace(code, ""))
    assert pages[0].split("<main")[1] == pages[1].split("<main")[1]


def test_the_code_opens_the_page_and_after_the_decision_the_question(
    phone: Client,
) -> None:
    wayan()
    where = send(phone, fill(phone))["Location"].replace("slip/", "")
    run_waiting()
    good = {"work": "casual", "income": "500.000", "direction": "better", "note": ""}
    assert phone.post(where, good).status_code == 404
    case = row().affected
    assert case is not None
    verify(
        affected=case,
        accepted=True,
        unconfirmed_why=NO_BOSS,
        by=actor(sari()),
        at=LATER,
    )
    run_waiting()
    page = english(phone).get(where)
    assert "You are on the list for recovery." in body(page)
    assert phone.post(where, {**good, "income": "x"}).status_code == 422
    assert phone.post(where, good)["Location"] == where
    act_as(Kind.JOB)
    assert case.situations.get().income == 500_000


def test_the_door_opens_with_the_code(phone: Client) -> None:
    where = send(phone, fill(phone))["Location"]
    code = where.split("/")[2]
    led = phone.post("/affected/", {"code": code.lower()})
    assert led["Location"] == f"/affected/{code}/"
    assert phone.post("/affected/", {"code": "AAAA-AAAA-AAAA"}).status_code == 422
    assert phone.get("/affected/AAAA-AAAA-AAAA/").status_code == 404
