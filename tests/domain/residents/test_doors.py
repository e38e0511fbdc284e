"""The doors to people and families know who asks, and write down every look."""

import pytest
from django.http import Http404

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access
from smartkampung.kernel.sealed import Sealed
from smartkampung.residents.models import KK, NIK, NikClaim
from smartkampung.residents.queries import (
    families_for,
    family_for,
    find_by_nik,
    match_identity,
    person_for,
    residents_for,
)
from tests.population import (
    BUDI,
    ENDANG,
    HERE,
    RT_HERE,
    RT_NEXT_DOOR,
    SARI,
    WAYAN_BORN,
    WAYAN_KK,
    WAYAN_NIK,
    actor,
    family,
    person,
    wayan,
)

pytestmark = pytest.mark.django_db


def test_sari_opens_wayan_and_the_look_is_written_down() -> None:
    resident = wayan()
    assert person_for(SARI, resident.pk).name == "I Wayan Sudarma"
    look = Access.objects.get()
    assert (look.by, look.role, look.person_id) == (
        "sari",
        "village_officer",
        resident.pk,
    )
    assert (look.purpose, look.revealed) == ("resident.page", False)


def test_budi_next_door_gets_404_and_nothing_is_written() -> None:
    resident = wayan()
    with pytest.raises(Http404):
        person_for(BUDI, resident.pk)
    with pytest.raises(Http404):
        family_for(BUDI, resident.family_id)
    assert not Access.objects.exists()


def test_a_neighbouring_code_with_the_same_beginning_is_outside() -> None:
    person("Ketut", region=f"{HERE}.010.001")
    rt_one = actor(Role.RT_HEAD, f"{HERE}.01")
    assert not residents_for(rt_one).exists()


def test_the_kecamatan_sees_both_villages() -> None:
    wayan()
    person("Made", region=RT_NEXT_DOOR)
    assert residents_for(ENDANG).count() == 2
    assert residents_for(SARI).count() == 1


@pytest.mark.parametrize(
    "role", [Role.LEADERSHIP, Role.SYSTEM_ADMIN, Role.BABINSA, Role.AUDITOR]
)
def test_roles_without_the_permission_see_nobody(role: Role) -> None:
    wayan()
    stranger = actor(role, "35.10")
    assert not residents_for(stranger).exists()
    assert not families_for(stranger).exists()


def test_a_family_comes_head_first_and_each_member_is_a_look() -> None:
    household = family()
    child = person("Kadek", household=household, relation=4)
    head = person("Wayan", household=household, relation=1)
    card = family_for(SARI, household.pk)
    assert [member.pk for member in card.members] == [head.pk, child.pk]
    assert Access.objects.filter(purpose="family.page").count() == 2


def test_a_member_who_lives_elsewhere_is_not_shown() -> None:
    household = family()
    person("Wayan", household=household)
    person("Kadek", household=household, region=RT_NEXT_DOOR)
    assert [m.name for m in family_for(SARI, household.pk).members] == ["Wayan"]


def test_sari_finds_wayan_by_nik() -> None:
    resident = wayan()
    assert find_by_nik(SARI, WAYAN_NIK) == resident
    assert Access.objects.get().purpose == "resident.find"


def test_an_unknown_nik_and_one_from_elsewhere_are_the_same_answer() -> None:
    wayan()
    assert find_by_nik(BUDI, WAYAN_NIK) is None
    assert find_by_nik(SARI, "3510091204850004") is None
    assert not Access.objects.exists()


def test_a_claim_matches_by_nik_and_says_what_else_agrees() -> None:
    resident = wayan()
    match = match_identity(
        nik=Sealed.of(WAYAN_NIK, NIK), kk=Sealed.of(WAYAN_KK, KK), born_on=WAYAN_BORN
    )
    assert match is not None
    assert match.person == resident
    assert match.agrees
    assert not match.contested


def test_a_claim_with_another_card_and_birth_date_disagrees() -> None:
    wayan()
    match = match_identity(
        nik=Sealed.of(WAYAN_NIK, NIK),
        kk=Sealed.of("3510091204110004", KK),
        born_on=WAYAN_BORN.replace(year=1986),
    )
    assert match is not None
    assert (match.kk_agrees, match.born_on_agrees, match.agrees) == (
        False,
        False,
        False,
    )


def test_an_unknown_nik_matches_nobody() -> None:
    wayan()
    assert match_identity(nik=Sealed.of("3510091204850004", NIK)) is None


def test_what_was_not_given_does_not_disagree() -> None:
    person("Wayan", WAYAN_NIK, born_on=None)
    match = match_identity(nik=Sealed.of(WAYAN_NIK, NIK), kk=Sealed.of(WAYAN_KK, KK))
    assert match is not None
    assert match.agrees


def test_a_nik_in_quarantine_is_said_to_be_contested() -> None:
    holder = wayan()
    NikClaim.objects.create(
        claimant=person("Nyoman"),
        holder=holder,
        nik=Sealed.of(WAYAN_NIK, NIK),
        nik_index=holder.nik_index,
        region_code=RT_HERE,
        raised_at="2026-11-24T08:00:00+07:00",
    )
    match = match_identity(nik=Sealed.of(WAYAN_NIK, NIK))
    assert match is not None
    assert match.contested
