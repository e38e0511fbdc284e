"""A wrong record is corrected by two people within three days, or refused with why."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access, Event
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.notify.models import Message
from smartkampung.residents.actions.corrections import (
    CannotAsk,
    CannotDecideCorrection,
    decide_correction,
)
from smartkampung.residents.corrections.models import Correction
from smartkampung.residents.models import KK, NIK, Family, Person
from smartkampung.residents.queries.corrections import (
    correction_for,
    corrections_of,
    evidence_for,
    waiting_corrections,
)
from smartkampung.residents.rules.corrections import RESIDENT, Bar, Field
from smartkampung.worklist.models import WorkItem
from tests.corrections import NOW, asked
from tests.population import (
    HERE,
    NEXT_DOOR,
    SARI,
    WAYAN_KK,
    WAYAN_NIK,
    WAYAN_PHONE,
    actor,
    family,
    person,
    wayan,
)

pytestmark = pytest.mark.django_db
HEAD = actor(Role.VILLAGE_HEAD, HERE, username="suwarno")
HEAD_NEXT_DOOR = actor(Role.VILLAGE_HEAD, NEXT_DOOR, username="kasim")
OTHER_NIK = "3510091204850009"


def reread(someone: Person) -> Person:
    return Person.objects.select_related("family").get(pk=someone.pk)


def decide(wish: Correction, *, accepted: bool = True, **more: Any) -> Correction:
    wish = Correction.objects.get(pk=wish.pk)
    return decide_correction(
        **{"wish": wish, "accepted": accepted, "by": HEAD, "at": NOW, **more}
    )


def test_sari_asks_and_the_village_head_finds_it_due_in_three_days() -> None:
    wish = asked(wayan())
    item = WorkItem.objects.get()
    assert (item.kind, item.region_code) == ("residents.correction", wish.region_code)
    assert item.due_at - NOW == timedelta(days=3)
    assert list(waiting_corrections(HEAD)) == [wish]
    assert not waiting_corrections(HEAD_NEXT_DOOR).exists()


def test_accepted_it_corrects_the_record_and_tells_the_family() -> None:
    resident = wayan()
    decide(asked(resident))
    assert reread(resident).birth_place == "Genteng"
    assert not WorkItem.objects.filter(closed_at=None).exists()
    message = Message.objects.get()
    assert message.template == "correction"
    assert message.address.open() == WAYAN_PHONE
    names = list(Event.objects.order_by("pk").values_list("name", flat=True))
    assert names == ["residents.correction_asked", "residents.correction_decided"]


def test_refused_it_leaves_the_record_and_says_why() -> None:
    resident = wayan()
    wish = decide(asked(resident), accepted=False, reason="The certificate is a copy.")
    assert reread(resident).birth_place == ""
    assert (wish.state, wish.decided_by) == ("refused", "suwarno")
    assert Message.objects.count() == 1


def test_a_resident_asks_too_and_any_head_of_the_village_decides() -> None:
    resident = wayan()
    decide(asked(resident, by=RESIDENT))
    assert [wish.state for wish in corrections_of(resident)] == ["accepted"]


@pytest.mark.parametrize(
    ("field", "wanted", "column", "value"),
    [
        (Field.NAME, " I  Wayan Sudirman ", "name", "I Wayan Sudirman"),
        (Field.BORN_ON, "13-04-1985", "born_on", date(1985, 4, 13)),
        (Field.SEX, "P", "sex", "P"),
        (Field.RELIGION, "4", "religion", 4),
        (Field.MOTHER_NAME, "Ni Made", "mother_name", "Ni Made"),
    ],
)
def test_every_kind_of_field(
    field: Field, wanted: str, column: str, value: Any
) -> None:
    resident = wayan()
    decide(asked(resident, field, wanted))
    assert getattr(reread(resident), column) == value


@pytest.mark.closes("residents.correction")
def test_a_corrected_name_is_found_by_its_new_spelling() -> None:
    resident = wayan()
    decide(asked(resident, Field.NAME, "I Wayan Soedirman"))
    assert "sudirman" in reread(resident).name_folded


def test_a_corrected_birth_date_is_compared_with_the_nik_again() -> None:
    resident = wayan()
    decide(asked(resident, Field.BORN_ON, "13-04-1985"))
    assert reread(resident).nik_flags == 2


@pytest.mark.parametrize(
    ("field", "wanted", "shown"),
    [
        (Field.NIK, OTHER_NIK, "9"),
        (Field.KK, "3510091204110009", "9"),
        (Field.PHONE, "0812 3456 7899", "9"),
    ],
)
def test_numbers_wait_sealed_and_are_written_sealed(
    field: Field, wanted: str, shown: str
) -> None:
    resident = wayan()
    wish = Correction.objects.get(pk=asked(resident, field, wanted).pk)
    assert wish.wanted == ""
    assert wish.wanted_sealed is not None
    assert wish.wanted_sealed.masked.endswith(shown)
    assert wish.recorded.startswith("•")
    decide(wish)
    now_is = reread(resident)
    row: Any = now_is if field is Field.NIK else now_is.family
    sealed: Sealed = getattr(row, field.value)
    assert sealed.masked.endswith(shown)
    assert bytes(getattr(row, f"{field.value}_index")) in sealed.indexes()


def test_a_new_phone_is_told_through_the_old_one() -> None:
    decide(asked(wayan(), Field.PHONE, "0812 3456 7899"))
    assert Message.objects.get().address.open() == WAYAN_PHONE


def test_an_address_is_the_familys() -> None:
    resident = wayan()
    decide(asked(resident, Field.ADDRESS, "Jalan Melati 8"))
    assert Family.objects.get().address == "Jalan Melati 8"


@pytest.mark.parametrize(
    ("change", "bar"),
    [
        ({"field": Field.NAME, "wanted": "I Wayan Sudarma"}, Bar.SAME_VALUE),
        (
            {"field": Field.NAME, "wanted": "I Wayan", "evidence_id": None},
            Bar.EVIDENCE_MISSING,
        ),
        ({"explanation": "wrong"}, Bar.EXPLANATION_TOO_SHORT),
        ({"explanation": f"It is {WAYAN_NIK} indeed"}, Bar.NUMBER_IN_TEXT),
        ({"wanted": f"Genteng {WAYAN_NIK}"}, Bar.NUMBER_IN_TEXT),
        ({"field": Field.RELATION, "wanted": "4"}, Bar.IS_HEAD),
    ],
)
def test_what_cannot_be_asked(change: dict[str, Any], bar: Bar) -> None:
    with pytest.raises(CannotAsk) as refused:
        asked(wayan(), **change)
    assert bar in refused.value.bars
    assert not Correction.objects.exists()


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(CannotAsk) as refused:
        asked(wayan(), Field.NIK, WAYAN_NIK, explanation="no", evidence_id=None)
    assert len(refused.value.bars) == 3


def test_a_misshapen_value_is_refused_in_words() -> None:
    with pytest.raises(CannotAsk, match="15"):
        asked(wayan(), Field.NIK, WAYAN_NIK[:15])


def test_the_nik_and_the_card_of_others_are_refused() -> None:
    resident = wayan()
    person("Nyoman", OTHER_NIK, household=family("3510091204110009"))
    for field, wanted, bar in [
        (Field.NIK, OTHER_NIK, Bar.NIK_TAKEN),
        (Field.KK, "3510091204110009", Bar.CARD_TAKEN),
    ]:
        with pytest.raises(CannotAsk) as refused:
            asked(resident, field, wanted)
        assert refused.value.bars == [bar]


def test_numbers_that_were_taken_meanwhile_are_refused_by_the_database() -> None:
    resident = wayan()
    nik = asked(resident, Field.NIK, OTHER_NIK)
    card = asked(resident, Field.KK, "3510091204110009")
    person("Nyoman", OTHER_NIK, household=family("3510091204110009"))
    for wish, bar in [(nik, Bar.NIK_TAKEN), (card, Bar.CARD_TAKEN)]:
        with pytest.raises(CannotDecideCorrection) as refused:
            decide(wish)
        assert refused.value.bars == [bar]
    now_is = reread(resident)
    assert now_is.nik_index is not None
    assert now_is.family.kk_index is not None
    assert bytes(now_is.nik_index) == blind_index(WAYAN_NIK, NIK)
    assert bytes(now_is.family.kk_index) == blind_index(WAYAN_KK, KK)


def test_correction_one_open_per_field() -> None:
    resident = wayan()
    asked(resident)
    with pytest.raises(CannotAsk) as refused:
        asked(resident, wanted="Muncar")
    assert refused.value.bars == [Bar.ALREADY_ASKED]
    assert asked(resident, Field.MOTHER_NAME, "Ni Made").state == "waiting"


def test_correction_form_once() -> None:
    resident, form = wayan(), uuid.uuid4()
    assert asked(resident, form_id=form) == asked(resident, form_id=form)
    assert Correction.objects.count() == 1
    with pytest.raises(CannotAsk) as refused:
        asked(person("Nyoman"), form_id=form)
    assert refused.value.bars == [Bar.FORM_REUSED]


def test_nobody_decides_what_they_asked_for() -> None:
    wish = asked(wayan(), by="suwarno")
    with pytest.raises(CannotDecideCorrection) as refused:
        decide(wish)
    assert refused.value.bars == [Bar.OWN_WISH]


def test_correction_maker_is_not_checker() -> None:
    wish = asked(wayan())
    with (
        pytest.raises(IntegrityError, match="correction_maker_is_not_checker"),
        transaction.atomic(),
    ):
        Correction.objects.filter(pk=wish.pk).update(
            state="accepted", decided_by="sari", decided_at=NOW
        )


def test_correction_decision_is_signed() -> None:
    _breaks("correction_decision_is_signed", {"state": "accepted"})


def test_correction_refusal_has_a_reason() -> None:
    change = {"state": "refused", "decided_by": "suwarno", "decided_at": NOW}
    _breaks("correction_refusal_has_a_reason", change)


def test_correction_asks_for_one_value() -> None:
    _breaks("correction_asks_for_one_value", {"wanted": ""})


def _breaks(promise: str, change: dict[str, Any]) -> None:
    wish = asked(wayan())
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        Correction.objects.filter(pk=wish.pk).update(**change)


def test_a_decision_is_taken_once() -> None:
    wish = asked(wayan())
    decide(wish)
    with pytest.raises(CannotDecideCorrection) as refused:
        decide(wish, accepted=False, reason="Seen twice by mistake.")
    assert Bar.DECIDED in refused.value.bars


def test_a_refusal_says_why_and_holds_no_number() -> None:
    wish = asked(wayan())
    for reason, bar in [
        ("no", Bar.REASON_TOO_SHORT),
        (f"NIK {WAYAN_NIK}", Bar.NUMBER_IN_TEXT),
    ]:
        with pytest.raises(CannotDecideCorrection) as refused:
            decide(wish, accepted=False, reason=reason)
        assert refused.value.bars == [bar]


def test_a_record_that_changed_meanwhile_is_not_overwritten() -> None:
    resident = wayan()
    wish = asked(resident)
    Person.objects.update(birth_place="Muncar")
    with pytest.raises(CannotDecideCorrection) as refused:
        decide(wish)
    assert refused.value.bars == [Bar.RECORD_CHANGED]
    assert decide(wish, accepted=False, reason="It was corrected already.")


def test_wishes_are_opened_inside_the_area_only_and_written_down() -> None:
    wish = asked(wayan())
    assert correction_for(SARI, wish.pk) == wish
    assert evidence_for(HEAD, wish.pk).pk == wish.evidence_id
    purposes = set(Access.objects.values_list("purpose", flat=True))
    assert purposes == {"resident.correction"}
    with pytest.raises(Http404):
        correction_for(HEAD_NEXT_DOOR, wish.pk)
