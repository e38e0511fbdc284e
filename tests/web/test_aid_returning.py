"""Giving aid back on the page of the counter: one asks, another agrees."""

import pytest

from smartkampung.residents.models import Person
from tests import cases
from tests.web.test_aid_handovers import body, enter

pytestmark = pytest.mark.django_db


def test_sari_asks_that_the_aid_goes_back_and_endang_agrees() -> None:
    due = cases.at_the_counter(cases.desk())
    Person.objects.filter(pk=due.person_id).update(status="dead")
    page = f"/staff/aid/dues/{due.pk}/"
    sari = enter("sari")
    assert "Ask to give this aid back" in body(sari.get(page + "hand-over/"))
    text = body(sari.post(page + "give-back/", {"note": "Meninggal."}, follow=True))
    assert "A second person is asked to agree" in text
    assert "asks for it: Meninggal." in body(sari.get(page + "hand-over/"))
    own = sari.post(page + "give-back/", {"note": "Lagi."})
    assert "You asked for this yourself" in body(own)
    endang = enter("endang")
    text = body(endang.post(page + "give-back/", {"note": "Benar."}, follow=True))
    assert "The aid is back in the budget." in text
    assert endang.post(page + "give-back/", {"note": "Lagi."}).status_code == 409


def test_who_called_alone_reads_that_a_second_person_must_call() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    cases.absent(due, desk.sari, desk.sari)
    page = f"/staff/aid/dues/{due.pk}/hand-over/"
    assert "must call them too, on another day" in body(enter("sari").get(page))
