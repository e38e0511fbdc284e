"""Who sees a wish for a letter: its places, its family, its code; nobody else."""

from typing import Any

import pytest
from django.http import Http404

from smartkampung.accounts.queries import actor_for
from smartkampung.audit.models import Access
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.letters.requests.actions.asking import ask_own
from smartkampung.letters.requests.models import Letter, LetterRequest, LetterStep
from smartkampung.letters.requests.queries.requests import (
    Filter,
    file_for,
    narrowed,
    of_family,
    own_file,
    own_request,
    request_by_code,
    request_for,
    requests_for,
)
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    asked,
    rt_head,
    subject_of,
    wayan_with_child,
    wish,
)
from tests.cast import HERE, NEXT_DOOR, RT_HERE, budi, sari

pytestmark = pytest.mark.django_db


def test_sari_sees_it_and_budi_next_door_does_not() -> None:
    row = asked(wayan_with_child()[0])
    file = file_for(actor(sari()), row.pk)
    assert (file.request, file.letter) == (row, None)
    assert Access.objects.filter(by="sari", person_id=row.subject_id).exists()
    with pytest.raises(Http404):
        request_for(actor(budi()), row.pk)


def test_a_family_sees_its_own_and_no_other() -> None:
    person, _child = wayan_with_child()
    row = asked(person)
    own = subject_of(person)
    assert own_file(own, row.pk).told.purpose == "Beasiswa sekolah Putu"
    assert list(of_family(own)) == [row]
    with pytest.raises(Http404):
        own_request(type(own)(1, own.family_id + 1, own.region_code), row.pk)


def test_a_code_opens_its_request_and_nothing_else() -> None:
    person, _child = wayan_with_child()
    found = ask_own(wish=wish(person), by=subject_of(person), at=MORNING)
    act_as(Kind.JOB)
    assert request_by_code(found.code, at=LATER).pk == found.request_id
    with pytest.raises(Http404):
        request_by_code("K7QF-2M9X-TB4C", at=LATER)


@pytest.mark.parametrize(
    ("kind", "options", "seen"),
    [
        pytest.param(Kind.JOB, {}, 1, id="a job"),
        pytest.param(Kind.STAFF, {"scope": [HERE]}, 1, id="the village"),
        pytest.param(Kind.STAFF, {"scope": [RT_HERE]}, 1, id="the RT"),
        pytest.param(Kind.STAFF, {"scope": [NEXT_DOOR]}, 0, id="next door"),
        pytest.param(Kind.RESIDENT, {"family": -1}, 0, id="another family"),
        pytest.param(Kind.RESIDENT, {"family": 0}, 1, id="the family"),
        pytest.param(Kind.PUBLIC, {}, 0, id="anybody"),
        pytest.param(Kind.PUBLIC, {"tracking": b""}, 1, id="who holds the code"),
    ],
)
def test_the_database_itself_shows_it_to_nobody_else(
    kind: Kind, options: dict[str, Any], seen: int
) -> None:
    row = asked(wayan_with_child()[0])
    if "family" in options:
        options = {"family": options["family"] or row.family_id}
    if "tracking" in options:
        options = {"tracking": bytes(row.code_hash)}
    act_as(kind, **options)
    assert LetterRequest.objects.count() == seen
    assert LetterStep.objects.exists() == bool(seen)
    assert not Letter.objects.exists()


def test_the_list_is_narrowed_and_late_ones_come_first() -> None:
    person, child = wayan_with_child()
    first = asked(person)
    second = asked(person, subject_id=child.pk, at=LATER)
    rows = requests_for(actor_for(rt_head(), on=day(MORNING)))
    found = narrowed(rows, Filter(open=True, kind="sktm", place=HERE), at=MORNING)
    assert list(found) == [first, second]
    late = Filter(late=True, state="confirm")
    assert list(narrowed(rows, late, at=first.due_at.replace(minute=17))) == [first]
