"""What nobody must agree to: written down, and effective at once."""

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.aid.actions.news import tell_family
from smartkampung.aid.actions.progress import tell_reporters
from smartkampung.aid.actions.report import send_report
from smartkampung.aid.models import Claim, FieldCheck
from smartkampung.aid.rules.report import Channel, Step
from smartkampung.audit.models import Event
from smartkampung.intake.models import Upload
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.actions import opt_out, send
from smartkampung.notify.models import Message
from smartkampung.residents.actions.consents import SameConsent, change_consent
from smartkampung.residents.models import ConsentChange, Person
from smartkampung.residents.queries.consents import agrees, consents_of
from smartkampung.residents.queries.reach import reachable
from smartkampung.residents.rules.consents import UNTIL_SAID, Purpose
from smartkampung.web.my_data.words import CONSENTS
from tests import cases, cast, reporting
from tests.cases import NOW
from tests.population import HERE, family, person, wayan

pytestmark = pytest.mark.django_db
NEWS, PHOTOS = Purpose.NEWS_MESSAGES, Purpose.HOUSE_PHOTOS


def change(who: Person, given: bool, purpose: Purpose = NEWS, minutes: int = 0) -> None:
    change_consent(
        family_id=who.family_id,
        purpose=purpose,
        given=given,
        by="family",
        at=NOW + timedelta(minutes=minutes),
    )


def photo_on_disk() -> uuid.UUID:
    photo = cases.a_photo()
    folder = Path(settings.UPLOADS)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / Upload.objects.get(pk=photo).path).write_bytes(b"jpeg")
    return photo


def states() -> list[str]:
    run_waiting()
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


@pytest.fixture
def me() -> Person:
    cast.places()
    act_as(Kind.JOB)
    return wayan()


def test_until_a_family_says_something_it_agrees_to_what_is_about_itself(
    me: Person,
) -> None:
    rows = consents_of(me.family_id)
    assert [(row.purpose, row.given, row.since) for row in rows] == [
        (NEWS, True, None),
        (PHOTOS, True, None),
        (Purpose.AREA_NEWS, False, None),
    ]


def test_every_change_is_kept_with_its_time_and_the_latest_counts(me: Person) -> None:
    change(me, False)
    change(me, True, minutes=1)
    change(me, False, minutes=2)
    assert not agrees(me.family_id, NEWS)
    assert agrees(me.family_id, PHOTOS)
    assert [row.given for row in ConsentChange.objects.order_by("at")] == [0, 1, 0]
    names = list(Event.objects.order_by("pk").values_list("name", flat=True))
    assert names == [
        "residents.consent_withdrawn",
        "residents.consent_given",
        "residents.consent_withdrawn",
    ]


def test_one_family_does_not_speak_for_another(me: Person) -> None:
    change(me, False)
    other = person("I Gede Arta", household=family(kk=None))
    assert agrees(other.family_id, NEWS)


def test_the_same_word_twice_is_refused(me: Person) -> None:
    with pytest.raises(SameConsent):
        change(me, True)
    assert not ConsentChange.objects.exists()


def test_consent_change_append_only(me: Person) -> None:
    change(me, False)
    for write in (ConsentChange.objects.all().delete, _give_all):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            write()
    assert not agrees(me.family_id, NEWS)


def _give_all() -> None:
    ConsentChange.objects.update(given=True)


class TestNewsMessages:
    def test_withdrawn_news_is_not_sent(self, me: Person) -> None:
        change(me, False)
        tell_family(claim=cases.claim_of(me), key="decided")
        assert states() == ["unwanted"]

    def test_what_waited_when_it_was_withdrawn_is_not_sent_either(
        self, me: Person
    ) -> None:
        tell_family(claim=cases.claim_of(me), key="decided")
        change(me, False)
        assert states() == ["unwanted"]

    def test_given_again_news_comes_again(self, me: Person) -> None:
        change(me, False)
        change(me, True, minutes=1)
        tell_family(claim=cases.claim_of(me), key="decided")
        assert states() == ["sent"]

    def test_other_families_still_hear(self, me: Person) -> None:
        change(me, False)
        other = person("I Gede Arta", household=family("3510090505120004"))
        tell_family(claim=cases.claim_of(other, nik="3510092006790004"), key="x")
        assert states() == ["sent"]

    def test_codes_come_all_the_same(self, me: Person) -> None:
        change(me, False)
        send(key="k", to=me.family.phone, template="code", secret="123456")
        assert states() == ["sent"]

    def test_the_day_of_a_hand_over_is_news_too(self, me: Person) -> None:
        desk = cases.desk()
        cases.announced(desk, cases.approved(desk, me))
        change(me, False)
        assert set(states()) == {"unwanted"}
        assert Message.objects.filter(template="collect").count() == 1

    @pytest.mark.parametrize(
        ("phone", "state"),
        [(reporting.FAMILY_PHONE, "unwanted"), (reporting.REPORTER_PHONE, "sent")],
        ids=["the family's own", "a neighbour's"],
    )
    def test_a_report_from_the_family_s_phone_is_news_to_the_family(
        self, phone: str, state: str
    ) -> None:
        act_as(Kind.JOB)
        me = reporting.wayan()
        told = reporting.told(phone=phone)
        send_report(told=told, channel=Channel.ASSISTED, by="sari", at=NOW)
        run_waiting()
        change(me, False)
        claim = Claim.objects.get()
        Message.objects.all().delete()
        tell_reporters(claim_id=claim.pk, step=Step.DECIDED, at=NOW)
        assert states() == [state]


class TestStopByText:
    """STOP answers "news about your village"; the family still hears about its aid."""

    def test_the_hand_over_is_told_after_stop(self, me: Person) -> None:
        change(me, True, Purpose.AREA_NEWS)
        stop(me, Purpose.AREA_NEWS)
        tell_family(claim=cases.claim_of(me), key="decided")
        assert states() == ["sent"]
        assert [row.holds for row in consents_of(me.family_id)] == [True, True, False]

    def test_agreeing_again_lifts_it(self, me: Person) -> None:
        change(me, True, Purpose.AREA_NEWS)
        stop(me, Purpose.AREA_NEWS)
        assert not reachable(HERE, Purpose.AREA_NEWS)
        change(me, True, Purpose.AREA_NEWS, minutes=1)
        assert [row.pk for row in reachable(HERE, Purpose.AREA_NEWS)] == [me.family_id]
        with pytest.raises(SameConsent):
            change(me, True, Purpose.AREA_NEWS, minutes=2)

    def test_what_the_page_says_of_everything_stopped(self, me: Person) -> None:
        stop(me, "")
        held = {row.purpose: row.holds for row in consents_of(me.family_id)}
        assert (held[NEWS], held[PHOTOS]) == (False, True)
        change(me, False)
        assert [row.given for row in ConsentChange.objects.all()] == [False]

    @pytest.mark.parametrize("again", [NEWS, Purpose.AREA_NEWS])
    def test_agreeing_to_one_lifts_not_the_stop_of_all(
        self, me: Person, again: Purpose
    ) -> None:
        change(me, True, Purpose.AREA_NEWS)
        stop(me, "")
        change(me, True, again, minutes=1)
        held = {row.purpose for row in consents_of(me.family_id) if row.holds}
        assert held == {again, PHOTOS}


def stop(who: Person, purpose: str) -> None:
    assert who.family.phone is not None
    opt_out(phone=who.family.phone, through="sms", at=NOW, purpose=purpose)


class TestHousePhotos:
    @pytest.fixture
    def url(self, me: Person) -> str:
        desk = cases.desk()
        claim = cases.claim_of(me)
        photo = photo_on_disk()
        cases.visit(claim, desk.sari, photo_id=photo)
        assert FieldCheck.objects.get().photo_id == photo
        return f"/staff/aid/claims/{claim.pk}/photos/{photo}/"

    def test_officers_see_them_until_the_family_says_no(
        self, client: Client, me: Person, url: str
    ) -> None:
        page = url.partition("photos/")[0]
        cast.sign_in(client, Staff.objects.get(username="endang"))
        assert client.get(url).status_code == 200
        assert url in client.get(page).content.decode()
        change(me, False, PHOTOS)
        assert client.get(url).status_code == 404
        shown = client.get(page).content.decode()
        assert url not in shown
        assert "tidak ingin foto rumahnya" in shown

    def test_the_proof_of_a_hand_over_needs_no_consent(
        self, client: Client, me: Person
    ) -> None:
        desk = cases.desk()
        photo = photo_on_disk()
        due = cases.at_the_counter(desk, me)
        cases.call(due, desk.sari, photo_id=photo)
        change(me, False, PHOTOS)
        cast.sign_in(client, Staff.objects.get(username="endang"))
        url = f"/staff/aid/claims/{due.claim_id}/photos/{photo}/"
        assert client.get(url).status_code == 200


def test_a_purpose_has_words_in_every_language() -> None:
    assert set(CONSENTS) == set(Purpose) == set(UNTIL_SAID)


def test_a_family_is_reached_about_itself_until_it_says_no(me: Person) -> None:
    assert [row.pk for row in reachable(HERE, NEWS)] == [me.family_id]
    assert not reachable(HERE, Purpose.AREA_NEWS)
    change_consent(family_id=me.family_id, purpose=NEWS, given=False, by="test", at=NOW)
    assert not reachable(HERE, NEWS)
