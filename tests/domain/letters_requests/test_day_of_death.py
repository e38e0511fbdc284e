"""Two letters do not tell of two days on which one person died."""

import uuid
from datetime import date

import pytest

from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.letters.requests.actions.handling import amend, check
from smartkampung.letters.requests.actions.refusals import WrongAnswers
from smartkampung.letters.requests.actions.revoking import replace, revoke
from smartkampung.letters.requests.queries.facts import told_in
from smartkampung.letters.requests.rules.steps import Channel
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.models import Person
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    pen_of,
    rt_head,
    signed,
    village_head,
    wayan_with_child,
)
from tests.cast import sari
from tests.domain.letters_requests.test_kin import (
    DEATH,
    HEIRS,
    about_her,
    asked_by,
    tukiyem,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def child() -> Person:
    """Register Wayan, who asks about Mbah Tukiyem."""
    return wayan_with_child()[0]


def recorded(dead: Person, on: date) -> None:
    """Record the death in the registry."""
    LifeEvent.objects.create(
        act=uuid.uuid4(),
        kind="death",
        person=dead,
        family=dead.family,
        happened_on=on,
        left_region=dead.region_code,
        recorded_by="sari",
        recorded_at=MORNING,
    )


def test_the_day_is_that_of_the_registry(child: Person) -> None:
    dead, officer = tukiyem(), sari()
    recorded(dead, date(2026, 11, 12))
    with pytest.raises(WrongAnswers, match="12 November 2026") as refused:
        asked_by(officer, child, about_her(dead))
    assert set(refused.value.fields) == {"died_on"}
    right = {**HEIRS, "died_on": "2026-11-12"}
    assert asked_by(officer, child, about_her(dead, answers=right)).pk


def test_the_day_is_that_of_a_letter_that_holds(child: Person) -> None:
    dead, yanto, darmo = tukiyem(), rt_head(), village_head()
    first = asked_by(yanto, child, about_her(dead, "death"))
    check(request=first, by=actor(sari()), at=MORNING)
    first.refresh_from_db()
    letter = signed(first, pen_of(darmo))
    other = about_her(dead, "death", answers={**DEATH, "died_on": "2026-11-01"})
    with pytest.raises(WrongAnswers, match="20 November 2026"):
        asked_by(yanto, child, other)
    act_as(Acting.JOB)
    revoke(letter=letter, reason="Salah tanggal", by=actor(darmo, LATER), at=LATER)
    assert asked_by(yanto, child, other, Channel.RT).pk


def test_a_wrong_day_is_put_right_by_a_letter_in_place_of_the_first(
    child: Person,
) -> None:
    dead, yanto, darmo, officer = tukiyem(), rt_head(), village_head(), sari()
    first = asked_by(yanto, child, about_her(dead, "death"))
    check(request=first, by=actor(officer), at=MORNING)
    first.refresh_from_db()
    letter = signed(first, pen_of(darmo))
    anew = replace(letter=letter, reason="Salah tanggal", by=actor(darmo), at=LATER)
    mended = amend(
        request=anew,
        purpose="Mengurus tabungan",
        answers={**DEATH, "died_on": "2026-11-01"},
        by=actor(officer),
        at=LATER,
    )
    assert told_in(mended).asked["died_on"] == "2026-11-01"


def test_nobody_died_before_they_were_born(child: Person) -> None:
    early = {**HEIRS, "died_on": "1901-01-01"}
    with pytest.raises(WrongAnswers, match="belum lahir"):
        asked_by(rt_head(), child, about_her(tukiyem(), answers=early))
