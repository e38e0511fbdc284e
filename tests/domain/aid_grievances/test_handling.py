"""Somebody else handles it; what is found right changes what it is about."""

from collections.abc import Callable

import pytest

from smartkampung.aid.disclosure.models import Publication
from smartkampung.aid.disclosure.queries import Posted
from smartkampung.aid.grievances.actions.handling import (
    ask,
    decide,
    pass_up,
    take_in_hand,
)
from smartkampung.aid.grievances.actions.remedies import CannotRemedy
from smartkampung.aid.grievances.actions.steps import CannotHandle
from smartkampung.aid.grievances.queries import givable, grievances_for, listed
from smartkampung.aid.grievances.rules import Bar, Kind, State, Verdict
from smartkampung.aid.grievances.statistics import error_counts, errors_for
from smartkampung.aid.models import Grievance, TargetingError
from smartkampung.residents.actions.corrections import (
    CannotAsk,
    CannotDecideCorrection,
    decide_correction,
)
from smartkampung.residents.corrections.models import Correction
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests import cases, cast, payments, population, rounds
from tests.cases import NOW
from tests.grievances import decided, dinsos, fresh, head, sent, taken

pytestmark = pytest.mark.django_db
UPHELD = Verdict(State.UPHELD, "Benar.")


def open_items() -> list[tuple[str, str, bool]]:
    """Return what waits: kind, place, urgent."""
    rows = WorkItem.objects.filter(closed_at=None).order_by("kind")
    return list(rows.values_list("kind", "region_code", "urgent"))


def test_only_the_desk_where_it_lies_takes_it() -> None:
    desk = cases.desk()
    budi = cases.rights(cast.budi())
    _code, row = sent(Kind.QUESTION)
    for officer in (budi, desk.made, desk.endang, dinsos()):
        with pytest.raises(CannotHandle) as refusal:
            take_in_hand(grievance=row, by=officer, at=NOW)
        assert refusal.value.bars == [Bar.NOT_YOUR_DESK]
    assert taken(row, desk.sari).taken_by_id == desk.sari.staff_id
    assert taken(row, head()).taken_by_id != desk.sari.staff_id


def test_who_did_not_take_it_does_nothing_with_it() -> None:
    desk = cases.desk()
    _code, row = sent(Kind.QUESTION)
    answer = Verdict(State.ANSWERED, "Ya.")
    calls: list[Callable[[], None]] = [
        lambda: ask(grievance=row, question="?", by=desk.sari, at=NOW),
        lambda: pass_up(grievance=row, why="?", by=desk.sari, at=NOW),
        lambda: decide(grievance=row, verdict=answer, by=desk.sari, at=NOW),
    ]
    for act in calls:
        with pytest.raises(CannotHandle) as refusal:
            act()
        assert refusal.value.bars == [Bar.NOT_TAKEN]


@pytest.mark.closes("aid.grievance_review")
def test_it_is_passed_up_to_the_last_desk_and_no_further() -> None:
    desk, dian = cases.desk(), dinsos()
    _code, row = sent(Kind.QUESTION)
    for officer, place in ((desk.sari, cast.KECAMATAN), (desk.endang, cast.REGENCY)):
        taken(row, officer)
        pass_up(grievance=row, why="Bukan wewenang kami.", by=officer, at=NOW)
        assert fresh(row).desk_code == place
        assert [(region, urgent) for _, region, urgent in open_items()] == [
            (place, True)
        ]
    taken(row, dian)
    with pytest.raises(CannotHandle) as refusal:
        pass_up(grievance=row, why="?", by=dian, at=NOW)
    assert refusal.value.bars == [Bar.LAST_DESK]
    # The village still sees what became of it.
    assert grievances_for(desk.sari).get() == row


def test_a_question_is_answered_and_anything_else_is_right_or_not() -> None:
    desk = cases.desk()
    _code, question = sent(Kind.QUESTION)
    _code, unpaid = sent(Kind.NOT_PAID)
    for row, outcome in ((question, State.UPHELD), (unpaid, State.ANSWERED)):
        with pytest.raises(CannotHandle):
            decided(row, desk.sari, outcome)
    assert decided(question, desk.sari, State.ANSWERED).state == State.ANSWERED
    with pytest.raises(CannotHandle) as refusal:
        take_in_hand(grievance=question, by=desk.sari, at=NOW)
    assert Bar.CLOSED in refusal.value.bars


def test_wrong_data_opens_a_correction_that_the_village_head_decides() -> None:
    desk, wayan = cases.desk(), population.wayan()
    _code, row = sent(Kind.DATA_WRONG)
    end = decided(row, desk.sari)
    wish = Correction.objects.get()
    assert (wish.person, wish.field, wish.wanted, wish.asked_by) == (
        wayan,
        "birth_place",
        "Genteng",
        "sari",
    )
    assert end.remedy == "correction"
    assert [kind for kind, *_ in open_items()] == ["residents.correction"]


def test_the_words_of_the_registry_replace_those_of_the_person() -> None:
    desk, _wayan = cases.desk(), population.wayan()
    _code, row = sent(Kind.DATA_WRONG, field="sex", wanted="perempuan")
    with pytest.raises(CannotAsk):  # no document in sight
        decided(row, desk.sari, wanted="P")
    decided(row, desk.sari, wanted="P", evidence_id=cases.a_photo())
    assert Correction.objects.get().wanted == "P"


NUMBERS = {"nik": "3510095505900001", "kk": "3510091203120007", "phone": "081298765432"}


@pytest.mark.parametrize(("field", "number"), NUMBERS.items())
def test_a_number_told_by_a_stranger_waits_for_the_card_and_a_second_person(
    field: str, number: str
) -> None:
    desk, wayan = cases.desk(), population.wayan()
    before = (wayan.nik, wayan.family.kk, wayan.family.phone)
    _code, row = sent(Kind.DATA_WRONG, field=field, wanted=number)
    with pytest.raises(CannotRemedy):  # no card was shown
        decided(row, desk.sari)
    assert not Correction.objects.exists()
    decided(row, desk.sari, evidence_id=cases.a_photo())
    wish = Correction.objects.get()
    assert (wish.wanted, wish.asked_by, wish.state) == ("", "sari", "waiting")
    assert wish.wanted_sealed is not None
    assert number[-4:] in wish.wanted_sealed.masked
    now_is = Person.objects.select_related("family").get(pk=wayan.pk)
    assert (now_is.nik, now_is.family.kk, now_is.family.phone) == before
    with pytest.raises(CannotDecideCorrection):
        decide_correction(wish=wish, accepted=True, by=desk.sari, at=NOW)
    decide_correction(wish=wish, accepted=True, by=head(), at=NOW)
    now_is = Person.objects.select_related("family").get(pk=wayan.pk)
    assert (now_is.nik, now_is.family.kk, now_is.family.phone) != before


def test_no_correction_of_nobody_and_none_by_who_decides_it() -> None:
    desk, hadi = cases.desk(), head()
    _code, row = sent(Kind.DATA_WRONG)
    with pytest.raises(CannotRemedy):
        decided(row, desk.sari)
    population.wayan()
    _code, row = sent(Kind.DATA_WRONG)
    with pytest.raises(CannotRemedy):
        decided(row, hadi)
    assert decided(row, hadi, State.DISMISSED).state == State.DISMISSED


def test_aid_that_did_not_come_stands_first_for_the_next_batch() -> None:
    desk, hadi = cases.desk(), head()
    due = cases.approved(desk)
    _code, row = sent(Kind.NOT_PAID)
    assert list(givable(row)) == [due]
    end = decided(row, hadi, due_id=due.pk)
    assert end.remedy == "given_again"
    assert open_items() == [("aid.batch", due.region_code, True)]


def test_aid_that_was_announced_stands_first_at_the_counter() -> None:
    desk, hadi = cases.desk(), head()
    due = cases.at_the_counter(desk)
    _code, row = sent(Kind.NOT_PAID)
    decided(row, hadi, due_id=due.pk)
    assert open_items() == [("aid.hand_over", due.region_code, True)]


def test_a_payment_that_failed_is_asked_for_again() -> None:
    desk, hadi = cases.desk(), head()
    due = cases.approved(desk)
    payments.a_failed_payment(due)
    _code, row = sent(Kind.NOT_PAID)
    decided(row, hadi, due_id=due.pk)
    assert ("aid.batch", due.region_code, True) in open_items()


def test_nothing_is_given_twice() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    cases.call(due, desk.sari)
    _code, row = sent(Kind.PAID_LESS)
    assert not givable(row).exists()
    with pytest.raises(CannotRemedy):
        decided(row, desk.bambang, due_id=due.pk)
    assert decided(row, desk.bambang).remedy == ""


def test_who_handed_out_or_decided_that_aid_does_not_decide_the_grievance() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    cases.call(due, desk.sari)
    _code, row = sent(Kind.NOT_PAID)
    with pytest.raises(CannotHandle) as refusal:
        decided(row, desk.sari, State.DISMISSED)
    assert refusal.value.bars == [Bar.HANDED_OUT]
    pass_up(grievance=row, why="Saya yang menyerahkan.", by=desk.sari, at=NOW)
    with pytest.raises(CannotHandle):
        decided(row, desk.endang, State.DISMISSED)
    decided(row, desk.bambang, State.DISMISSED)


def test_a_recipient_on_the_list_who_is_not_in_need_is_suspended() -> None:
    round_ = rounds.a_round()
    recipient = rounds.a_recipient(round_)
    _code, row = sent(Kind.LISTED, entry=recipient.rank)
    with pytest.raises(CannotRemedy):
        decided(row, round_.desk.endang, proposal_id=0)
    end = decided(row, round_.desk.endang, proposal_id=recipient.pk)
    recipient.refresh_from_db()
    assert (end.remedy, recipient.state) == ("suspended", "suspended")
    assert [kind for kind, *_ in open_items()] == ["aid.review_recipient"]
    error = TargetingError.objects.get()
    assert (error.kind, error.programme, error.region_code) == (
        "inclusion",
        round_.cycle.programme,
        cast.HERE,
    )


def test_the_number_of_a_posted_list_names_its_cycle() -> None:
    round_ = rounds.a_round()
    recipient = rounds.a_recipient(round_)
    own = Posted(Publication(cycle=round_.cycle), cast.HERE, ()).number
    _code, row = sent(Kind.LISTED, entry=recipient.rank, listing=own)
    assert list(listed(row)) == [recipient]
    for other in (f"{round_.cycle.pk + 1}/{cast.HERE}", f"{'9' * 20}/{cast.HERE}"):
        _code, row = sent(Kind.LISTED, entry=recipient.rank, listing=other)
        assert list(listed(row)) == ([recipient] if len(other) > 30 else [])
    _code, row = sent(Kind.LISTED, entry=recipient.rank + 1, listing=own)
    assert not listed(row)


@pytest.mark.closes("aid.grievance")
def test_a_second_look_is_by_somebody_else() -> None:
    desk, hadi = cases.desk(), head()
    _code, row = sent(Kind.QUESTION)
    Grievance.objects.update(first_decided_by=desk.sari.staff_id)
    with pytest.raises(CannotHandle) as refusal:
        decided(row, desk.sari, State.ANSWERED)
    assert refusal.value.bars == [Bar.DECIDED_BEFORE]
    assert decided(row, hadi, State.ANSWERED).decided_by_id == hadi.staff_id


def test_errors_are_counted_by_wording_and_village_in_ones_own_area() -> None:
    round_ = rounds.a_round()
    recipient = rounds.a_recipient(round_)
    _code, row = sent(Kind.LISTED, entry=recipient.rank)
    decided(row, round_.desk.endang, proposal_id=recipient.pk)
    budi = cases.rights(cast.budi())
    assert errors_for(budi) == []
    (found,) = errors_for(round_.desk.sari)
    assert (found.village, found.exclusion, found.inclusion) == (cast.HERE, 0, 1)
    assert found.programme == round_.cycle.programme
    assert error_counts() == [found]
