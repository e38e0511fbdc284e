"""A signed letter reaches its family: by a message, or by whoever asked for it."""

import re
import uuid
from typing import Any

import pytest

from smartkampung.accounts.models import Staff
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.letters.catalogue.rules.kinds import Feed
from smartkampung.letters.requests.actions import feeding
from smartkampung.letters.requests.actions.asking import ask_for
from smartkampung.letters.requests.actions.handling import check
from smartkampung.letters.requests.actions.revoking import revoke
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.rules.steps import Channel, Did
from smartkampung.notify.models import Message
from smartkampung.notify.texts import text_of
from smartkampung.residents.models import Family, Person
from smartkampung.worklist.models import WorkItem
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    checked,
    pen_of,
    rt_head,
    secretary,
    signed,
    village_head,
    wayan_with_child,
    wish,
)
from tests.cast import sari
from tests.signing import cheap_guesses as cheap_guesses
from tests.web.test_letters_staff import LIST, do, enter, words
from tests.web.test_letters_staff import that_morning as that_morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]


def for_ponirah(
    by: Staff, channel: Channel = Channel.RT, checker: Staff | None = None
) -> Letter:
    """Let an office ask for a family without a phone, and the village sign."""
    father = wayan_with_child()[0]
    Family.objects.filter(pk=father.family_id).update(phone=None)
    asked = ask_for(
        wish=wish(father, rt_paper="12/RT1", files={"statement": (uuid.uuid4(),)}),
        applicant_id=father.pk,
        by=actor(by),
        channel=channel,
        at=MORNING,
    )
    row = LetterRequest.objects.get(pk=asked.request_id)
    row = check(request=row, by=actor(checker or sari()), at=MORNING)
    return signed(row, pen_of(village_head()))


def waiting(row: LetterRequest) -> list[str]:
    items = WorkItem.objects.filter(target=f"requests.letterrequest:{row.pk}")
    return list(items.filter(closed_at=None).values_list("kind", flat=True))


def test_the_message_says_that_the_letter_is_ready_and_leads_to_it() -> None:
    letter = signed(checked(wayan_with_child()[0]), pen_of(village_head()))
    row = LetterRequest.objects.get(pk=letter.request_id)
    assert row.code
    told = Message.objects.get(template="letter_ready")
    assert told.secret
    assert told.secret.open() == row.code.open()
    assert not Message.objects.filter(template="letter_news").exists()


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("letter_missing", "something is missing for your letter"),
        ("letter_revoked", "was revoked and holds no longer"),
        ("letter_news", "there is news about your letter"),
    ],
)
def test_a_message_says_what_it_is_about_and_leads_there(
    template: str, says: str
) -> None:
    told = text_of(template, context={}, language="en", secret="ABCD-EFGH")
    assert says in told
    assert "/t/ABCD-EFGH/" in told


def test_a_family_is_told_in_so_many_words_that_its_letter_is_revoked() -> None:
    head = village_head()
    letter = signed(checked(wayan_with_child()[0]), pen_of(head))
    revoke(letter=letter, reason="Salah nama.", by=actor(head), at=MORNING)
    told = Message.objects.get(template="letter_revoked")
    assert told.secret
    assert not Message.objects.filter(template="letter_news").exists()


@pytest.mark.closes("letters.bring")
def test_who_asked_for_a_family_without_a_phone_prints_brings_and_is_done() -> None:
    rt = rt_head()
    letter = for_ponirah(rt)
    row = letter.request
    assert waiting(row) == ["letters.bring"]
    desk = enter(rt)
    assert "Bring it: no phone" in words(desk.get(LIST, {"show": "issued"}))
    page = words(desk.get(f"{LIST}{row.pk}/"))
    assert "the family has no phone" in page
    pdf = desk.get(f"{LIST}bring/{letter.pk}/letter.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert "Told or brought to the family" in words(do(desk, row, "bring"))
    assert waiting(row) == []
    assert row.history.filter(did=Did.BROUGHT, by=rt.username).count() == 1
    assert do(desk, row, "bring").status_code == 409
    assert desk.get(f"{LIST}bring/{letter.pk}/letter.pdf").status_code == 404
    assert "Bring it" not in words(desk.get(LIST, {"show": "issued"}))


def test_the_counter_tells_those_for_whom_it_asked() -> None:
    gusti = secretary()
    row = for_ponirah(sari(), Channel.COUNTER, checker=gusti).request
    # A paper spoke for the RT, so the RT is to know of it, too.
    assert set(waiting(row)) == {"letters.bring", "letters.introduced"}
    assert "Told or brought" in words(do(enter(gusti), row, "bring"))


def test_nobody_brings_a_revoked_letter() -> None:
    rt = rt_head()
    letter = for_ponirah(rt)
    head = actor(letter.signer)
    revoke(letter=letter, reason="Salah nama sekolah.", by=head, at=LATER)
    desk = enter(rt)
    assert desk.get(f"{LIST}bring/{letter.pk}/letter.pdf").status_code == 404
    assert "Bring it" not in words(desk.get(LIST, {"show": "issued"}))


def told_of(monkeypatch: pytest.MonkeyPatch, feeds: Feed, **asked: str) -> Any:
    """Sign a letter that tells of something; return it as issued."""
    monkeypatch.setattr(feeding, "fed_by", lambda _row: feeds)
    monkeypatch.setattr("smartkampung.web.letters_staff.feeding.fed_by", feeding.fed_by)
    monkeypatch.setattr(
        "smartkampung.letters.requests.queries.requests.told_in",
        lambda _row: type("Told", (), {"purpose": "Akta", "asked": asked})(),
    )
    return signed(checked(wayan_with_child()[0]), pen_of(village_head())).request


def test_the_death_of_a_letter_is_recorded_from_its_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    died = day(MORNING).isoformat()
    row = told_of(monkeypatch, Feed.DEATH, died_on=died, died_where="Puskesmas")
    desk = enter(Staff.objects.get(username="sari"))
    assert "Write down in the registry" in words(desk.get(f"{LIST}{row.pk}/"))
    form = desk.get(f"{LIST}{row.pk}/event/", follow=True)
    page = form.content.decode()
    assert "Filled in from the letter" in page
    assert "Puskesmas" in page
    initial = form.context["form"].initial
    assert initial["on"] == day(MORNING)
    form_id = re.search(r'name="form_id" value="([^"]+)"', page)
    assert form_id
    sent = {"form_id": form_id[1], "note": "Puskesmas", "on": f"{MORNING:%d-%m-%Y}"}
    where = f"/staff/residents/{row.subject_id}/events/death/"
    members = Person.objects.filter(family=row.family_id).exclude(pk=row.subject_id)
    done = desk.post(where, sent | {"new_head": members.get().pk}, follow=True)
    assert "Written down" in words(done)
    act_as(Kind.JOB)
    assert Person.objects.get(pk=row.subject_id).status == Person.Status.DEAD


@pytest.mark.parametrize(
    ("feeds", "asked", "kind", "filled"),
    [
        pytest.param(
            Feed.BIRTH,
            {"child_name": "Komang", "child_sex": "P", "born_where": "Rumah"},
            "birth",
            {"name": "Komang", "sex": "P", "birth_place": "Rumah"},
            id="a birth",
        ),
        pytest.param(
            Feed.MOVING, {"address": "Jalan Mawar"}, "move", {}, id="a move nearby"
        ),
        pytest.param(
            Feed.MOVING,
            {"address": "Jalan Mawar 2", "regency": "Jember"},
            "move_out",
            {"elsewhere": "Jalan Mawar 2, Jember"},
            id="a move out of the regency",
        ),
    ],
)
def test_what_a_letter_tells_fills_the_form(
    monkeypatch: pytest.MonkeyPatch,
    feeds: Feed,
    asked: dict[str, str],
    kind: str,
    filled: dict[str, str],
) -> None:
    row = told_of(monkeypatch, feeds, **asked)
    desk = enter(Staff.objects.get(username="sari"))
    form = desk.get(f"{LIST}{row.pk}/event/", follow=True)
    assert f"/events/{kind}/?letter={row.pk}" in form.redirect_chain[-1][0]
    initial = form.context["form"].initial
    assert {name: initial[name] for name in filled} == filled


def test_other_letters_lead_to_no_event_and_fill_none() -> None:
    letter = signed(checked(wayan_with_child()[0]), pen_of(village_head()))
    desk = enter(Staff.objects.get(username="sari"))
    assert desk.get(f"{LIST}{letter.request_id}/event/").status_code == 404
    where = f"/staff/residents/{letter.request.subject_id}/events/death/"
    for typed in ("", "x", "0", str(letter.request_id)):
        page = desk.get(where, {"letter": typed})
        assert page.status_code == 200
