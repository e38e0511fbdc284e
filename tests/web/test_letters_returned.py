"""What an office asks for in its own words is handed in by phone, and is seen there."""

import re

import pytest
from django.test import Client

from smartkampung.letters.requests.actions.ending import return_for_completion
from tests.asking_letters import MORNING, actor, rt_head, wayan_with_child
from tests.cast import english
from tests.owndata import body
from tests.web.test_letters_ask import asked, enter, photo, the_request
from tests.web.test_letters_ask import clock as clock
from tests.web.test_letters_staff import enter as at_desk
from tests.web.test_letters_staff import words

pytestmark = pytest.mark.django_db


def test_a_photo_and_a_line_of_answer_come_back_with_any_letter() -> None:
    father, rt = wayan_with_child()[0], rt_head()
    phone = english(Client())
    enter(phone)
    asked(phone, father)
    row = the_request()
    what = "Mohon foto KTP dan nama RT."
    return_for_completion(request=row, what=what, by=actor(rt), at=MORNING)
    page = body(phone.get(f"/surat/mine/{row.pk}/"))
    assert "Rp" in page  # what was answered before stands there, too
    assert "Open the letter in My data" not in page
    where = f"/surat/mine/{row.pk}/complete/"
    form = body(phone.get(where))
    assert what in form
    form_id = re.search(r'name="form_id" value="([^"]+)"', form)
    assert form_id
    sent = {
        "form_id": form_id[1],
        "purpose": "Beasiswa",
        "q_income": "900000",
        "answer": "RT saya Pak Slamet.",
        "paper_asked_for": photo("ktp.jpg"),
    }
    done = body(phone.post(where, sent, follow=True))
    assert "The head of the RT has it again" in done
    office = words(at_desk(rt).get(f"/staff/letters/{row.pk}/"))
    for page in (done, office):
        assert "RT saya Pak Slamet." in page
        assert "The photo that was asked for" in page
    assert row.files.filter(requirement="asked_for").count() == 1
