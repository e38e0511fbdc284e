"""Wayan says thank you for a case that ended well, and stays unnamed."""

import pytest
from django.db import IntegrityError, transaction

from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.aid.confirmation.actions import answer_confirmation
from smartkampung.aid.confirmation.queries import by_code
from smartkampung.aid.confirmation.rules import Answer
from smartkampung.frontline.recognition.actions.thanking import (
    AlreadyThanked,
    UnfitWords,
    thank,
)
from smartkampung.frontline.recognition.models import Thanks
from smartkampung.frontline.recognition.queries.cases import (
    Helped,
    has_thanked,
    helped_by_code,
)
from smartkampung.frontline.recognition.queries.thanks import of_month, thanks_for
from smartkampung.frontline.recognition.rules.thanks import Sentence, Service
from smartkampung.intake.actions.cases import code_hash
from smartkampung.intake.models import TrackedCase
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.reopening.counters.rules.states import State
from tests import cast
from tests.cases import NOW
from tests.cast import HERE, NEXT_DOOR, RT_HERE
from tests.isolating import a_reservation, a_stay
from tests.thanking import asked_whether_it_came, handed_over, served

pytestmark = pytest.mark.django_db


def helped(code: str) -> Helped:
    act_as(Kind.PUBLIC)
    found = helped_by_code(code, at=NOW)
    assert found is not None
    return found


def somebody(village: str = HERE, subject: str = "booking:1") -> Helped:
    return Helped(subject, Service.COUNTER, village, frozenset())


def test_aid_in_hand_is_something_to_say_thank_you_for() -> None:
    found = helped(handed_over())
    assert (found.service, found.village) == (Service.AID, HERE)
    assert {"Wayan Sudarma", "Sari Wulandari"} <= found.names
    row = thank(helped=found, sentence=Sentence.KIND, words="", at=NOW)
    assert (row.village_code, row.words) == (HERE, "")


def test_one_case_says_it_once_by_whichever_code() -> None:
    report = handed_over()
    confirmation = asked_whether_it_came()
    act_as(Kind.PUBLIC)
    row = by_code(confirmation)
    assert row is not None
    assert helped_by_code(confirmation, at=NOW) is None  # nothing is said yet
    answer_confirmation(confirmation=row, answer=Answer.FULL, words="", at=NOW)
    thank(helped=helped(confirmation), sentence=Sentence.QUICK, words="", at=NOW)
    assert has_thanked(helped(report))
    with pytest.raises(AlreadyThanked):
        thank(helped=helped(report), sentence=Sentence.CLEAR, words="", at=NOW)


def test_who_was_served_or_let_go_may_say_it_too() -> None:
    assert helped(served()).service is Service.COUNTER
    act_as(Kind.JOB)
    reservation = a_reservation(
        state="ended", code_hash=_case("isolation"), region_code=RT_HERE
    )
    a_stay(reservation, state=StayState.RELEASED, name="Komang Ari")
    found = helped(CODE)
    assert (found.service, found.village) == (Service.ISOLATION, HERE)
    assert "Komang Ari" in found.names


CODE = "K7QF-2M9X-TB4C"


def _case(kind: str) -> bytes:
    row = TrackedCase.objects.create(
        code_hash=code_hash(CODE),
        kind=kind,
        opened_at=NOW,
        expires_at=NOW.replace(year=2027),
        region_code=HERE,
    )
    return bytes(row.code_hash)


@pytest.mark.parametrize("state", [State.LEFT, State.CALLED])
def test_nothing_that_is_open_or_ended_badly_says_it(state: State) -> None:
    assert helped_by_code(served(state=state), at=NOW) is None


def test_codes_of_other_kinds_and_none_open_nothing() -> None:
    _case("places.place")
    assert helped_by_code(CODE, at=NOW) is None
    assert helped_by_code("K7QF-2M9X-TB4D", at=NOW) is None


def test_own_words_name_nobody() -> None:
    cast.sari()
    found = helped(served(name="Nyoman Suta"))
    for words in ("terima kasih Bu Made", "081234567890", " "):
        with pytest.raises(UnfitWords):
            thank(helped=found, sentence=Sentence.OWN, words=words, at=NOW)
    said = " Sari ramah\n sekali, dari Nyoman "
    row = thank(helped=found, sentence=Sentence.OWN, words=said, at=NOW)
    assert row.words == "… ramah sekali, dari …"


def test_for_isolation_one_of_the_sentences_is_chosen() -> None:
    found = Helped("reservation:1", Service.ISOLATION, HERE, frozenset())
    with pytest.raises(UnfitWords, match="kalimat"):
        thank(helped=found, sentence=Sentence.OWN, words="Sembuh", at=NOW)
    thank(helped=found, sentence=Sentence.KIND, words="", at=NOW)


def test_only_the_village_that_helped_reads_it() -> None:
    thank(helped=somebody(), sentence=Sentence.KIND, words="", at=NOW)
    thank(helped=somebody(NEXT_DOOR, "b:2"), sentence=Sentence.OWN, words="B", at=NOW)
    day = NOW.date()
    sari = actor_for(cast.sari(), on=day)
    head = actor_for(cast.staff("putu", Role.RT_HEAD, RT_HERE), on=day)
    camat = actor_for(cast.camat(), on=day)
    assert [row.village_code for row in thanks_for(sari)] == [HERE]
    assert [row.village_code for row in thanks_for(head)] == [HERE]
    assert thanks_for(camat).count() == 2
    assert of_month(thanks_for(sari), day.replace(day=1)).count() == 1
    assert of_month(thanks_for(sari), day.replace(month=10, day=1)).count() == 0


def test_nothing_leads_from_thanks_to_their_case() -> None:
    code = served()
    row = thank(helped=helped(code), sentence=Sentence.KIND, words="", at=NOW)
    kept = [str(getattr(row, field.name)) for field in Thanks._meta.fields]
    assert bytes(row.case_mark) != code_hash(code)
    assert not any(code in value or "booking" in value for value in kept)


def breaks(**changes: object) -> None:
    row = Thanks.objects.get()
    row.pk = None
    for field, value in changes.items():
        setattr(row, field, value)
    with transaction.atomic():
        row.save(force_insert=True)


def test_thanks_once_a_case() -> None:
    thank(helped=somebody(), sentence=Sentence.KIND, words="", at=NOW)
    with pytest.raises(IntegrityError, match="thanks_once_a_case"):
        breaks()


@pytest.mark.parametrize(("sentence", "words"), [("own", ""), ("kind", "Ramah")])
def test_thanks_own_words_or_a_sentence(sentence: str, words: str) -> None:
    thank(helped=somebody(), sentence=Sentence.KIND, words="", at=NOW)
    with pytest.raises(IntegrityError, match="thanks_own_words_or_a_sentence"):
        breaks(case_mark=b"x", sentence=sentence, words=words)


def test_thanks_isolation_in_sentences() -> None:
    thank(helped=somebody(), sentence=Sentence.OWN, words="Ramah", at=NOW)
    with pytest.raises(IntegrityError, match="thanks_isolation_in_sentences"):
        breaks(case_mark=b"x", service="isolation")
