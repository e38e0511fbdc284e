"""Who says nothing on a day gets one message, unless they or their family want none."""

import pytest

from smartkampung.isolation.models import Reservation, Stay
from smartkampung.isolation.monitoring import bulk
from smartkampung.isolation.monitoring.actions.checks import report_oneself
from smartkampung.isolation.monitoring.actions.reminding import remind, want_reminders
from smartkampung.isolation.monitoring.rules.checks import Outcome
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import deliver
from smartkampung.notify.models import Message
from smartkampung.notify.texts import text_of
from smartkampung.residents.actions.consents import change_consent
from smartkampung.residents.rules.consents import Purpose
from tests import population
from tests.isolating import a_house, a_reservation
from tests.watching import look, on_day, present, ratna, seen

pytestmark = pytest.mark.django_db
PHONE = "+6281234567890"


def party_of_two(**fields: object) -> tuple[Reservation, Stay, Stay]:
    act_as(Kind.JOB)
    phone = Sealed.of(PHONE, "phone")
    party = a_reservation(a_house(), state="arrived", phone=phone, **fields)
    return party, present(party), present(party, name="Kadek", sex="P")


def reminded(day: int, hour: int = 16) -> int:
    act_as(Kind.JOB)
    bulk.generate(at=on_day(day, hour))
    return remind(at=on_day(day, hour))


def test_one_message_a_day_for_a_party_of_whom_somebody_is_missing() -> None:
    _party, wayan, kadek = party_of_two()
    assert reminded(2) == 1
    assert reminded(2, 17) == 1, "asked again, and still one message"
    assert Message.objects.count() == 1
    by = ratna()
    look(wayan, by, at=on_day(3))
    assert reminded(3) == 1, "nobody heard of Kadek"
    act_as(Kind.JOB)
    report_oneself(stay=kadek, seen=seen(Outcome.REPORTED), at=on_day(4))
    look(wayan, by, at=on_day(4))
    assert reminded(4) == 0


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_says_no_name_and_no_symptom_and_where_to_go(language: str) -> None:
    party_of_two(language=language)
    reminded(2)
    row = Message.objects.get()
    words = text_of(row.template, context=row.context, language=row.language)
    assert "/isolation/health/" in words
    for told in ("Wayan", "Kadek", "COVID", "isolasi ", "batuk", "demam", "fever"):
        assert told not in words
    assert (row.language, row.by_day) == (language, True)


def test_who_has_no_phone_or_whose_stay_is_over_is_not_reminded() -> None:
    _party, wayan, kadek = party_of_two()
    Stay.objects.filter(pk=wayan.pk).update(state="hospital")
    Stay.objects.filter(pk=kadek.pk).update(state="lost")
    assert reminded(2) == 0
    act_as(Kind.JOB)
    present(a_reservation(state="arrived"))
    assert reminded(2) == 0


def test_nobody_is_reminded_of_the_exit_check_which_only_others_make() -> None:
    party_of_two()
    assert reminded(13) == 1
    assert reminded(14) == 0


def test_who_stopped_the_reminders_gets_none_not_even_one_that_waits() -> None:
    party, _wayan, _kadek = party_of_two()
    reminded(2)
    want_reminders(party=party, wanted=False, at=on_day(2, 16))
    waits = Message.objects.get()
    deliver(message_id=waits.pk, at=on_day(2, 17))
    waits.refresh_from_db()
    assert waits.state == Message.State.UNWANTED
    want_reminders(party=party, wanted=True, at=on_day(3))
    reminded(3)
    again = Message.objects.exclude(pk=waits.pk).get()
    deliver(message_id=again.pk, at=on_day(3, 17))
    again.refresh_from_db()
    assert again.state == Message.State.SENT


def test_a_family_that_wants_no_news_is_not_reminded() -> None:
    person = population.wayan()
    _party, wayan, _kadek = party_of_two()
    Stay.objects.filter(pk=wayan.pk).update(person=person)
    change_consent(
        family_id=person.family_id,
        purpose=Purpose.NEWS_MESSAGES,
        given=False,
        by="sari",
        at=on_day(1),
    )
    assert reminded(2) == 0
