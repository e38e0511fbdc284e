"""The owner of the boats answers the question of the village, once."""

import pytest
from django.test import Client

from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.affected.actions.confirm import ask
from smartkampung.recovery.affected.models import Confirmation
from tests.affected import actor, waiting
from tests.cast import sari
from tests.web.registrationform import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> str:
    code = ask(
        affected=waiting(), asked_of="Perahu", phone="", by=actor(sari()), at=now()
    )
    return f"/affected/confirm/{code}/"


def test_the_question_names_what_was_told(client: Client, where: str) -> None:
    page = body(client.get(where))
    assert "Wayan Sudarma menceritakan" in page
    assert "Diberhentikan dari pekerjaan" in page
    assert "400.000" not in page, "income is nobody's business there"


def test_one_answer_is_taken(client: Client, where: str) -> None:
    assert client.post(where, {"answer": "confirmed"}).status_code == 422
    good = {"answer": "left_otherwise", "told_by": "Pak Made", "note": "Pindah kerja"}
    assert client.post(where, good)["Location"] == where
    assert "sebabnya lain" in body(client.get(where))
    assert client.post(where, good).status_code == 409
    act_as(Kind.JOB)
    row = Confirmation.objects.get()
    assert (row.answer, row.told_by) == ("left_otherwise", "Pak Made")


def test_a_made_up_code_opens_nothing(client: Client) -> None:
    assert client.get("/affected/confirm/AAAA-AAAA-AAAA/").status_code == 404
