"""A letter that holds no longer: told at once to whoever asks, and replaced."""

import pytest
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.letters.requests.actions.handling import check
from smartkampung.letters.requests.actions.refusals import (
    AskedAlready,
    NotYours,
    ReasonMissing,
    TooLate,
)
from smartkampung.letters.requests.actions.revoking import replace, revoke
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.queries.letters import (
    letter_for,
    lines_of_book,
    lines_printed,
    own_letter,
    pdf_of,
    register_for,
    yearly,
    years_of_book,
)
from smartkampung.letters.requests.register import REGISTER
from smartkampung.letters.requests.rules.steps import Did, State
from smartkampung.letters.signing.rules.verdicts import Standing
from smartkampung.notify.models import Message
from smartkampung.residents.subject import Subject
from tests.asking_letters import (
    LATER,
    actor,
    checked,
    pen_of,
    signed,
    subject_of,
    village_head,
    wayan_with_child,
)
from tests.cast import HERE, NEXT_DOOR, budi
from tests.reporting import WAYAN_NIK

pytestmark = pytest.mark.django_db
WHY = "Alamat pada surat keliru."


@pytest.fixture
def letter() -> Letter:
    return signed(checked(wayan_with_child()[0]), pen_of(village_head()))


def test_a_paper_is_proved_without_a_word_about_a_person(letter: Letter) -> None:
    act_as(Acting.PUBLIC)
    found = REGISTER.proof(letter.code)
    assert found
    assert (found.standing, found.number) == (Standing.VALID, letter.entry.text)
    assert found.facts_print == bytes(letter.facts_hash)
    assert REGISTER.proof("K7QF2M9XTB4C") is None
    assert not Letter.objects.exists()


def test_the_code_of_the_holder_opens_what_is_printed(letter: Letter) -> None:
    holder = letter.holder_code.open()
    act_as(Acting.PUBLIC)
    lines = REGISTER.printed(letter.code, holder.lower(), "id")
    assert lines
    assert ("NIK", WAYAN_NIK) in lines
    assert REGISTER.printed(letter.code, "000000", "id") is None
    assert REGISTER.printed("K7QF2M9XTB4C", holder, "id") is None


def test_revoked_is_told_to_whoever_asks(letter: Letter) -> None:
    head = actor_of("darmo")
    revoke(letter=letter, reason=WHY, by=head, at=LATER)
    act_as(Acting.PUBLIC)
    found = REGISTER.proof(letter.code)
    assert found
    assert (found.standing, found.ended_on) == (Standing.REVOKED, LATER.date())
    assert REGISTER.revoked() == [letter.code]
    act_as(Acting.JOB)
    with pytest.raises(TooLate):
        revoke(letter=letter, reason=WHY, by=head, at=LATER)


def actor_of(username: str) -> Actor:
    return actor(Staff.objects.get(username=username))


def test_only_the_head_revokes_and_says_why(letter: Letter) -> None:
    with pytest.raises(NotYours):
        revoke(letter=letter, reason=WHY, by=actor(budi()), at=LATER)
    with pytest.raises(ReasonMissing):
        revoke(letter=letter, reason="x", by=actor_of("darmo"), at=LATER)


def test_a_new_letter_ends_the_old_one_when_it_is_issued(letter: Letter) -> None:
    head = Staff.objects.get(username="darmo")
    row = replace(letter=letter, reason=WHY, by=actor(head), at=LATER)
    assert (row.state, row.replaces, row.hands) == (State.CHECK, letter, ["darmo"])
    did = row.history.order_by("pk").values_list("did", flat=True)
    assert list(did) == [Did.ASKED, Did.CONFIRMED], "by the RT, for the old letter"
    told = Message.objects.filter(key=f"letters.asked:{row.pk}")
    assert told.exists(), "the family follows the new one, too"
    with pytest.raises(AskedAlready):
        replace(letter=letter, reason=WHY, by=actor(head), at=LATER)
    letter.refresh_from_db()
    assert letter.revoked_at is None
    new = signed(check(request=row, by=actor_of("sari"), at=LATER), head)
    old = Letter.objects.get(pk=letter.pk)
    assert (old.replaced_by, old.revoked_at) == (new, LATER)
    found = REGISTER.proof(letter.code)
    assert found
    assert found.standing == Standing.REPLACED


def test_what_was_revoked_a_moment_ago_is_replaced_all_the_same(
    letter: Letter,
) -> None:
    head = Staff.objects.get(username="darmo")
    row = replace(letter=letter, reason=WHY, by=actor(head), at=LATER)
    row = check(request=row, by=actor_of("sari"), at=LATER)
    stale = LetterRequest.objects.select_related("replaces").get(pk=row.pk)
    revoke(letter=letter, reason=WHY, by=actor(head), at=LATER)
    new = signed(stale, head)
    old = Letter.objects.get(pk=letter.pk)
    assert (old.replaced_by, old.revoked_why) == (new, WHY)


def test_the_family_fetches_its_letter_as_often_as_it_likes(letter: Letter) -> None:
    own = subject_of(letter.request.applicant)
    for _again in range(2):
        assert pdf_of(own_letter(own, letter.request_id, on=day(LATER))).startswith(
            b"%PDF"
        )
    stranger = Subject(-1, own.family_id + 1, own.region_code)
    with pytest.raises(Http404):
        own_letter(stranger, letter.request_id, on=day(LATER))


def test_the_book_of_the_village_lists_it_and_nobody_elses(letter: Letter) -> None:
    officer = actor_of("sari")
    lines = lines_of_book(officer, register_for(officer, HERE, 2026, kind="sktm"))
    assert [(one.entry.number, one.name, one.standing) for one in lines] == [
        (1, "Wayan Sudarma", "valid")
    ]
    assert years_of_book(HERE) == [2026]
    assert yearly(officer, 2026) == [(HERE, "sktm", 1, 0)]
    assert not register_for(officer, NEXT_DOOR, 2026)
    assert not register_for(actor(budi()), HERE, 2026)


def test_a_letter_is_seen_in_its_places_only(letter: Letter) -> None:
    seen = letter_for(actor_of("sari"), letter.pk)
    said = " ".join(words for _label, words in lines_printed(seen))
    assert "Beasiswa sekolah Putu" in said
    with pytest.raises(Http404):
        letter_for(actor(budi()), letter.pk)
