"""Administrators give, take and close within their area, never for themselves."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.http import Http404

from smartkampung.accounts.actions import assign, create_staff
from smartkampung.accounts.actions.assignments import (
    AlreadyHeld,
    NoSuchPlace,
    grant_office,
    revoke_office,
)
from smartkampung.accounts.actions.factors import (
    AlreadyAsked,
    AlreadyDecided,
    ask_factor_reset,
    decide_factor_reset,
)
from smartkampung.accounts.actions.invitations import (
    InvitationOver,
    accept_invitation,
    invite_again,
    invite_staff,
)
from smartkampung.accounts.actions.staff import (
    UsernameTaken,
    disable_staff,
    enable_staff,
)
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.errors import NotAllowed
from smartkampung.accounts.models import Assignment, FactorReset, Invitation, Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.queries.administration import (
    account_for,
    office_for,
    staff_for,
)
from smartkampung.accounts.queries.factors import keys_of
from smartkampung.accounts.queries.invitations import invitation_for
from smartkampung.accounts.queries.places import places_for
from smartkampung.accounts.roles import Permission, Role
from smartkampung.accounts.rules import Hindrance
from smartkampung.audit.models import Event
from smartkampung.notify.models import Message
from smartkampung.regions.models import ServedVillage
from tests.cast import (
    FAR_AWAY,
    HERE,
    KECAMATAN,
    NEXT_DOOR,
    OTHER_KECAMATAN,
    PUSKESMAS,
    REGENCY,
    RT_HERE,
    budi,
    dr_ratna,
    sari,
    staff,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def rights(account: Staff) -> Actor:
    return actor_for(account, on=TODAY)


@pytest.fixture
def ayu() -> Actor:
    """Administers the kecamatan."""
    return rights(staff("ayu", Role.SYSTEM_ADMIN, KECAMATAN, name="Ayu"))


@pytest.fixture
def dwi() -> Actor:
    """Administers the kecamatan, too."""
    return rights(staff("dwi", Role.SYSTEM_ADMIN, KECAMATAN, name="Dwi"))


def give(account: Staff, by: Actor, **changes: object) -> Assignment:
    given: dict[str, Any] = {
        "role": Role.VILLAGE_HEAD,
        "place": f"region:{HERE}",
        "since": TODAY,
        "until": None,
        **changes,
    }
    return grant_office(staff=account, by=by, on=TODAY, **given)


class TestOffices:
    def test_an_office_in_the_area_gives_rights_at_once(self, ayu: Actor) -> None:
        account = sari()
        give(account, ayu)
        assert Role.VILLAGE_HEAD in rights(account).roles
        event = Event.objects.filter(name="accounts.assigned").latest("pk")
        assert (event.by, event.region_code) == ("ayu", HERE)

    def test_a_health_centre_brings_the_villages_it_serves(self, ayu: Actor) -> None:
        account = sari()
        give(account, ayu, role=Role.PUSKESMAS_OFFICER, place=f"centre:{PUSKESMAS}")
        (village,) = rights(account).posts[1:]
        assert village.regions == (HERE, NEXT_DOOR)

    def test_a_health_centre_that_serves_beyond_the_area_is_not_given(
        self, ayu: Actor
    ) -> None:
        ServedVillage.objects.create(centre_id=PUSKESMAS, village_id=FAR_AWAY)
        with pytest.raises(NotAllowed) as caught:
            give(sari(), ayu, role=Role.PUSKESMAS_OFFICER, place=f"centre:{PUSKESMAS}")
        assert caught.value.reasons == [Hindrance.OUTSIDE_AREA]
        assert places_for(ayu, role=Role.PUSKESMAS_OFFICER, text="ler") == []

    def test_who_serves_beyond_the_area_is_not_to_be_touched(self, ayu: Actor) -> None:
        ratna = dr_ratna()
        ServedVillage.objects.create(centre_id=PUSKESMAS, village_id=FAR_AWAY)
        with pytest.raises(NotAllowed):
            invite_again(staff=ratna, by=ayu, at=NOW)

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"place": f"region:{FAR_AWAY}"}, Hindrance.OUTSIDE_AREA),
            ({"place": f"region:{KECAMATAN}"}, Hindrance.WRONG_LEVEL),
            ({"until": TODAY}, Hindrance.ENDS_TOO_EARLY),
        ],
        ids=["far away", "not a village", "empty period"],
    )
    def test_what_stands_against_it_is_told(
        self, ayu: Actor, changes: dict[str, object], reason: Hindrance
    ) -> None:
        with pytest.raises(NotAllowed) as caught:
            give(sari(), ayu, **changes)
        assert caught.value.reasons == [reason]
        assert Assignment.objects.filter(staff__username="sari").count() == 1

    def test_a_delegate_cannot_make_a_peer_of_the_regency(self, ayu: Actor) -> None:
        with pytest.raises(NotAllowed):
            give(sari(), ayu, role=Role.SYSTEM_ADMIN, place=f"region:{REGENCY}")

    def test_nobody_promotes_themselves(self, ayu: Actor) -> None:
        with pytest.raises(NotAllowed) as caught:
            give(Staff.objects.get(username="ayu"), ayu)
        assert caught.value.reasons == [Hindrance.OWN_ACCOUNT]

    def test_a_place_that_does_not_exist(self, ayu: Actor) -> None:
        for place in ("region:99.99", "centre:X", "", "nonsense"):
            with pytest.raises(NoSuchPlace):
                give(sari_once(), ayu, place=place)

    def test_an_office_is_given_once(self, ayu: Actor) -> None:
        account = sari()
        first = give(account, ayu)
        with pytest.raises(AlreadyHeld):
            give(account, ayu)
        revoke_office(assignment=first, reason="moved", by=ayu, at=NOW)
        give(account, ayu)

    def test_one_office_in_two_villages_is_fine(self, ayu: Actor) -> None:
        account = sari()
        give(account, ayu, role=Role.BABINSA)
        give(account, ayu, role=Role.BABINSA, place=f"region:{NEXT_DOOR}")
        assert rights(account).roles.count(Role.BABINSA) == 2

    def test_a_revoked_office_gives_nothing(self, ayu: Actor) -> None:
        account = sari()
        office = Assignment.objects.get(staff=account)
        revoke_office(assignment=office, reason="transferred", by=ayu, at=NOW)
        assert rights(account).posts == ()
        assert Event.objects.latest("pk").detail["reason"] == "transferred"

    def test_nobody_revokes_their_own(self, ayu: Actor) -> None:
        office = Assignment.objects.get(staff_id=ayu.staff_id)
        with pytest.raises(NotAllowed):
            revoke_office(assignment=office, reason="bored", by=ayu, at=NOW)

    def test_offices_elsewhere_are_out_of_reach(self, ayu: Actor) -> None:
        far = staff("putu", Role.VILLAGE_OFFICER, FAR_AWAY)
        office = Assignment.objects.get(staff=far)
        with pytest.raises(Http404):
            office_for(ayu, office.pk)
        with pytest.raises(Http404):
            account_for(ayu, far.pk)


def sari_once() -> Staff:
    return Staff.objects.filter(username="sari").first() or sari()


class TestSight:
    def test_an_administrator_sees_who_serves_in_the_area(self, ayu: Actor) -> None:
        for account in (sari(), budi(), dr_ratna()):
            assert account_for(ayu, account.pk) == account
        staff("putu", Role.VILLAGE_OFFICER, FAR_AWAY)
        assert not staff_for(ayu, text="putu").exists()

    def test_names_are_found_by_their_words(self, ayu: Actor) -> None:
        sari()
        assert [s.username for s in staff_for(ayu, text="wulandari sari")] == ["sari"]
        assert [s.username for s in staff_for(ayu, text="SARI")] == ["sari"]

    def test_places_are_offered_within_the_area_only(self, ayu: Actor) -> None:
        offered = [c.value for c in places_for(ayu, role=Role.VILLAGE_HEAD, text="a")]
        assert offered == [f"region:{HERE}", f"region:{NEXT_DOOR}"]

    def test_an_rt_is_found_by_the_name_of_its_village(self, ayu: Actor) -> None:
        (choice,) = places_for(ayu, role=Role.RT_HEAD, text="Sumberwangi")
        assert choice.value == f"region:{RT_HERE}"
        assert choice.label == "RT 007, RW 002, Sumberwangi, Kec. Lereng"

    def test_a_puskesmas_is_found_by_its_name(self, ayu: Actor) -> None:
        (choice,) = places_for(ayu, role=Role.PUSKESMAS_OFFICER, text="ler")
        assert choice.value == f"centre:{PUSKESMAS}"


class TestClosing:
    def test_a_closed_account_can_be_opened_again(self, ayu: Actor) -> None:
        account = sari()
        disable_staff(staff=account, reason="left", by=ayu, at=NOW)
        account.refresh_from_db()
        assert not account.is_active
        enable_staff(staff=account, by=ayu, at=NOW)
        account.refresh_from_db()
        assert account.is_active

    def test_who_also_serves_elsewhere_is_not_closed_from_here(
        self, ayu: Actor
    ) -> None:
        account = sari()
        assign(
            staff=account,
            role=Role.KECAMATAN_OFFICER,
            region_code=OTHER_KECAMATAN,
            since=TODAY + timedelta(days=30),
            by="test",
        )
        with pytest.raises(NotAllowed) as caught:
            disable_staff(staff=account, reason="x", by=ayu, at=NOW)
        assert caught.value.reasons == [Hindrance.OUTSIDE_AREA]

    def test_nobody_closes_themselves(self, ayu: Actor) -> None:
        me = Staff.objects.get(pk=ayu.staff_id)
        with pytest.raises(NotAllowed):
            disable_staff(staff=me, reason="x", by=ayu, at=NOW)


def invite(by: Actor, **changes: object) -> tuple[Staff, str]:
    given: dict[str, Any] = {
        "username": "Made.S",
        "full_name": "Made Suardana",
        "email": "made@example.org",
        "language": "id",
        "role": Role.RT_HEAD,
        "place": f"region:{RT_HERE}",
        "since": TODAY,
        "until": None,
        **changes,
    }
    return invite_staff(by=by, at=NOW, **given)


class TestInvitations:
    def test_the_link_goes_by_mail_and_lets_choose_a_password_once(
        self, ayu: Actor
    ) -> None:
        made, link = invite(ayu)
        assert made.username == "made.s"
        assert not made.has_usable_password()
        assert Message.objects.get().template == "invitation"
        invitation = invitation_for(link, at=NOW)
        assert invitation is not None
        accept_invitation(invitation=invitation, password="kopi-di-ijen", at=NOW)
        made.refresh_from_db()
        assert made.check_password("kopi-di-ijen")
        assert invitation_for(link, at=NOW) is None
        with pytest.raises(InvitationOver):
            accept_invitation(invitation=invitation, password="another", at=NOW)

    def test_without_an_address_nothing_is_sent(self, ayu: Actor) -> None:
        invite(ayu, email="")
        assert not Message.objects.exists()

    def test_it_lives_for_three_days(self, ayu: Actor) -> None:
        _, link = invite(ayu)
        end = NOW + timedelta(hours=72)
        assert invitation_for(link, at=end - timedelta(seconds=1))
        assert invitation_for(link, at=end) is None

    def test_a_newer_link_closes_the_older(self, ayu: Actor) -> None:
        made, first = invite(ayu)
        second = invite_again(staff=made, by=ayu, at=NOW)
        assert invitation_for(first, at=NOW) is None
        assert invitation_for(second, at=NOW)
        assert Invitation.objects.filter(closed_at=None).count() == 1

    def test_only_its_hash_is_kept(self, ayu: Actor) -> None:
        _, link = invite(ayu)
        kept = Invitation.objects.get()
        assert link.encode() not in bytes(kept.token_hash)
        assert link not in str(Message.objects.values().get())

    def test_a_closed_account_cannot_follow_its_link(self, ayu: Actor) -> None:
        made, link = invite(ayu)
        disable_staff(staff=made, reason="mistake", by=ayu, at=NOW)
        assert invitation_for(link, at=NOW) is None

    def test_a_taken_name_makes_nothing(self, ayu: Actor) -> None:
        invite(ayu)
        with pytest.raises(UsernameTaken):
            invite(ayu, username="MADE.S")
        assert Staff.objects.filter(full_name="Made Suardana").count() == 1

    @pytest.mark.parametrize("name", ["system", "System ", "job", "public"])
    def test_nobody_signs_in_under_a_name_of_the_program(
        self, ayu: Actor, name: str
    ) -> None:
        """What "system" wrote of guidance holds unconfirmed."""
        with pytest.raises(UsernameTaken):
            invite(ayu, username=name)
        assert not Staff.objects.filter(username=name.strip().lower()).exists()

    def test_a_place_elsewhere_makes_nothing(self, ayu: Actor) -> None:
        with pytest.raises(NotAllowed):
            invite(ayu, role=Role.VILLAGE_HEAD, place=f"region:{FAR_AWAY}")
        assert not Staff.objects.filter(username="made.s").exists()


class TestLostPhone:
    @pytest.fixture
    def lost(self) -> Staff:
        account = staff("sari", Role.VILLAGE_OFFICER, HERE, password="old-password")
        TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        return account

    def test_a_second_administrator_decides(
        self, lost: Staff, ayu: Actor, dwi: Actor
    ) -> None:
        reset = ask_factor_reset(staff=lost, reason="stolen", by=ayu, at=NOW)
        with pytest.raises(NotAllowed) as caught:
            decide_factor_reset(reset=reset, granted=True, by=ayu, at=NOW)
        assert caught.value.reasons == [Hindrance.SAME_PERSON]
        assert keys_of(lost.pk) == 1
        link = decide_factor_reset(reset=reset, granted=True, by=dwi, at=NOW)
        assert invitation_for(link, at=NOW)
        assert keys_of(lost.pk) == 0

    def test_a_password_alone_does_not_open_it_afterwards(
        self, lost: Staff, ayu: Actor, dwi: Actor
    ) -> None:
        reset = ask_factor_reset(staff=lost, reason="stolen", by=ayu, at=NOW)
        decide_factor_reset(reset=reset, granted=True, by=dwi, at=NOW)
        lost.refresh_from_db()
        assert not lost.has_usable_password()

    def test_refused_it_changes_nothing(
        self, lost: Staff, ayu: Actor, dwi: Actor
    ) -> None:
        reset = ask_factor_reset(staff=lost, reason="stolen", by=ayu, at=NOW)
        assert decide_factor_reset(reset=reset, granted=False, by=dwi, at=NOW) == ""
        assert keys_of(lost.pk) == 1

    def test_it_is_asked_once(self, lost: Staff, ayu: Actor) -> None:
        ask_factor_reset(staff=lost, reason="stolen", by=ayu, at=NOW)
        with pytest.raises(AlreadyAsked):
            ask_factor_reset(staff=lost, reason="stolen", by=ayu, at=NOW)
        assert FactorReset.objects.count() == 1

    def test_it_is_decided_once(self, lost: Staff, ayu: Actor, dwi: Actor) -> None:
        reset = ask_factor_reset(staff=lost, reason="stolen", by=ayu, at=NOW)
        decide_factor_reset(reset=reset, granted=False, by=dwi, at=NOW)
        with pytest.raises(AlreadyDecided):
            decide_factor_reset(reset=reset, granted=True, by=dwi, at=NOW)


def test_a_created_account_has_no_rights() -> None:
    account = create_staff(username="kosong", full_name="Kosong", by="test")
    assert not rights(account).may(Permission.DESK)
