"""Who sees a wish for a letter: its places, its family, its code; nobody else."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.audit.models import Access
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.kernel.clock import day
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.requests.actions.asking import ask_own
from smartkampung.letters.requests.actions.ending import cancel
from smartkampung.letters.requests.actions.handling import check, confirm
from smartkampung.letters.requests.actions.opening import keep_files
from smartkampung.letters.requests.actions.refusals import NotAbout, NotYours
from smartkampung.letters.requests.models import (
    Letter,
    LetterRequest,
    LetterStep,
    RequirementFile,
    SigningOrder,
)
from smartkampung.letters.requests.models.orders import SEALED_AS
from smartkampung.letters.requests.queries.household import letter_followed
from smartkampung.letters.requests.queries.letters import letter_for
from smartkampung.letters.requests.queries.requests import (
    Filter,
    file_for,
    narrowed,
    of_family,
    own_file,
    own_request,
    photo_for,
    request_for,
    requests_for,
)
from smartkampung.residents.models import Family, Person
from smartkampung.residents.subject import Subject
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    asked,
    broken,
    checked,
    pen_of,
    rt_head,
    signed,
    subject_of,
    village_head,
    wayan_with_child,
    wish,
)
from tests.cast import HERE, NEXT_DOOR, RT_HERE, budi, sari
from tests.pictures import jpeg

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


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
    assert own_file(own, row.pk, on=TODAY).told.purpose == "Beasiswa sekolah Putu"
    assert list(of_family(own, on=TODAY)) == [row]
    stranger = replace(own, person_id=-1, family_id=own.family_id + 1)
    with pytest.raises(Http404):
        own_request(stranger, row.pk, on=TODAY)


def made(person: Person, **changes: Any) -> Person:
    """Put Made, the wife, on the card of somebody."""
    given = {"name": "Made Sukarni", "born_on": date(1988, 5, 6), "relation": 3}
    return Person.objects.create(
        name_folded="made sukarni",
        sex="P",
        family=person.family,
        region_code=person.region_code,
        **{**given, **changes},
    )


def test_a_letter_about_an_adult_is_theirs_and_one_about_a_child_the_parents() -> None:
    father, child = wayan_with_child()
    mother = made(father)
    hers, childs = asked(mother), asked(mother, subject_id=child.pk)
    assert list(of_family(subject_of(mother), on=TODAY)) == [childs, hers]
    assert list(of_family(subject_of(father), on=TODAY)) == [childs]
    with pytest.raises(NotYours):
        cancel(request=hers, by=subject_of(father), at=LATER)
    grown_up = date(2029, 3, 4)
    assert list(of_family(subject_of(father), on=grown_up - timedelta(1))) == [childs]
    assert not of_family(subject_of(father), on=grown_up)


@pytest.mark.parametrize(
    "kind", ["good_conduct", "police", "single", "widow", "moving", "marriage"]
)
def test_nobody_asks_for_another_adults_letter_of_good_conduct_or_status(
    kind: str,
) -> None:
    father, child = wayan_with_child()
    mother = made(father)
    with pytest.raises(NotAbout):
        asked(father, kind=kind, subject_id=mother.pk, answers={})
    if kind == "good_conduct":
        row = asked(father, kind=kind, subject_id=child.pk, answers={})
        assert row.subject == child


def test_a_letter_for_a_wife_is_not_fetched_once_she_left_the_card() -> None:
    father, _child = wayan_with_child()
    mother = made(father)
    row = asked(father, subject_id=mother.pk)
    his = subject_of(father)
    confirm(request=row, by=actor(rt_head()), at=MORNING)
    row.refresh_from_db()
    signed(check(request=row, by=actor(sari()), at=MORNING), pen_of(village_head()))
    assert list(of_family(his, on=TODAY)) == [row]
    new = Family.objects.create(region_code=father.region_code)
    Person.objects.filter(pk=mother.pk).update(family=new)
    assert not of_family(his, on=TODAY).exists()
    with pytest.raises(Http404):
        own_file(his, row.pk, on=TODAY)
    hers = Subject(mother.pk, new.pk, mother.region_code)
    assert list(of_family(hers, on=TODAY)) == [row]
    Person.objects.filter(pk=mother.pk).update(status=Person.Status.DEAD)
    assert list(of_family(his, on=TODAY)) == [row]


def test_on_a_leap_day_ages_are_counted() -> None:
    father, _child = wayan_with_child()
    assert not of_family(subject_of(father), on=date(2028, 2, 29))


def test_who_moves_to_another_card_takes_their_letters_along() -> None:
    father, _child = wayan_with_child()
    mother = made(father)
    hers = asked(mother)
    new = Family.objects.create(region_code=father.region_code)
    Person.objects.filter(pk=mother.pk).update(family=new)
    act_as(Kind.RESIDENT, family=new.pk)
    own = Subject(mother.pk, new.pk, mother.region_code)
    assert own_request(own, hers.pk, on=TODAY) == hers
    act_as(Kind.RESIDENT, family=father.family_id)
    assert not LetterRequest.objects.exists()


def test_the_rt_sees_what_it_confirms_and_then_only_where_it_is() -> None:
    row, tini = asked(wayan_with_child()[0]), actor(rt_head())
    upload = keep_photo(file=jpeg(), region_code=RT_HERE, at=MORNING)
    photo = RequirementFile.objects.create(
        request=row,
        requirement="statement",
        upload_id=upload.pk,
        added_by="family",
        added_at=MORNING,
    )
    assert file_for(tini, row.pk).told.purpose == "Beasiswa sekolah Putu"
    assert photo_for(tini, row.pk, photo.pk) == photo.upload
    confirm(request=row, by=tini, at=MORNING)
    file = file_for(tini, row.pk)
    assert (file.shut, file.told.purpose, file.files) == (True, "", [])
    with pytest.raises(Http404):
        photo_for(tini, row.pk, photo.pk)
    assert photo_for(actor(sari()), row.pk, photo.pk) == photo.upload


def test_the_rt_opens_no_signed_letter() -> None:
    letter = signed(checked(wayan_with_child()[0]), pen_of(village_head()))
    with pytest.raises(Http404):
        letter_for(actor(Staff.objects.get(username="tini")), letter.pk)
    assert letter_for(actor(Staff.objects.get(username="sari")), letter.pk) == letter


def test_a_look_at_a_photo_is_written_down() -> None:
    row = asked(wayan_with_child()[0])
    upload = keep_photo(file=jpeg(), region_code=RT_HERE, at=MORNING)
    keep_files(row, {"statement": (upload.pk,)}, by="family", at=MORNING)
    photo_for(actor(sari()), row.pk, row.files.get().pk)
    assert Access.objects.filter(by="sari", person_id=row.subject_id).count() == 1


def test_who_holds_a_code_reads_and_writes_nothing() -> None:
    row = asked(wayan_with_child()[0])
    act_as(Kind.PUBLIC, tracking=bytes(row.code_hash))
    assert LetterStep.objects.count() == 1
    assert LetterRequest.objects.filter(pk=row.pk).update(asked_by="x") == 0
    with broken("row-level security"):
        LetterStep.objects.create(request=row, did="signed", by="x", at=LATER)


def test_an_order_to_sign_is_seen_by_its_signer() -> None:
    head = village_head()
    act_as(Kind.JOB)
    order = SigningOrder.objects.create(
        signer=head,
        village_code=HERE,
        passphrase=Sealed.of("rahasia", SEALED_AS),
        made_at=MORNING,
        expires_at=LATER,
    )
    act_as(Kind.STAFF, scope=[HERE], officer=head.pk)
    assert SigningOrder.objects.get() == order
    act_as(Kind.STAFF, scope=[HERE], officer=sari().pk)
    assert not SigningOrder.objects.exists()


def test_a_code_opens_its_request_and_nothing_else() -> None:
    person, _child = wayan_with_child()
    found = ask_own(wish=wish(person), by=subject_of(person), at=MORNING)
    followed = letter_followed(found.code, at=LATER)
    assert followed
    assert followed[0].pk == found.request_id
    assert letter_followed("K7QF-2M9X-TB4C", at=LATER) is None


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
