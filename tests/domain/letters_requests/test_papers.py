"""Photos that come with a wish, the draft that is read, and what goes abroad."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from smartkampung.accounts.models import Staff
from smartkampung.intake.models import Upload
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.kinds import Subject as Who
from smartkampung.letters.requests import files
from smartkampung.letters.requests.actions.asking import ask_for
from smartkampung.letters.requests.actions.ending import complete, return_for_completion
from smartkampung.letters.requests.actions.mandates import give_mandate
from smartkampung.letters.requests.actions.refusals import (
    NotAbout,
    NotOffered,
    PaperMissing,
    WrongAnswers,
)
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.drafts import draft_of
from smartkampung.letters.requests.queries.facts import chosen, facts_of
from smartkampung.letters.requests.queries.requests import photo_for
from smartkampung.letters.requests.rules.mandates import Manner
from smartkampung.letters.requests.rules.paper import lines_of, print_of
from smartkampung.letters.requests.rules.steps import Channel
from smartkampung.residents.models import Person
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    asked,
    checked,
    rt_head,
    secretary,
    subject_of,
    village_head,
    wayan_with_child,
    wish,
)
from tests.cast import HERE, budi, sari

pytestmark = pytest.mark.django_db
BUSINESS = {
    "business": "Warung Bu Asri",
    "trade": "Kelontong",
    "place": "Depan rumah",
    "since": "2019",
}


def a_photo() -> uuid.UUID:
    row = Upload.objects.create(
        id=uuid.uuid4(),
        path="x.jpg",
        width=1,
        height=1,
        bytes=1,
        at=MORNING,
        region_code=HERE,
    )
    return row.pk


def test_from_afar_a_photo_is_asked_for_and_at_the_counter_it_is_seen() -> None:
    person, _child = wayan_with_child()
    with pytest.raises(PaperMissing) as told:
        asked(person, kind="business", answers=BUSINESS)
    assert told.value.missing == ["photo"]
    found = ask_for(
        wish=wish(person, kind="business", answers=BUSINESS),
        applicant_id=person.pk,
        by=actor(sari()),
        channel=Channel.COUNTER,
        at=MORNING,
    )
    assert found.request_id


def test_photos_are_kept_once_and_seen_in_their_places_only() -> None:
    person, _child = wayan_with_child()
    photo = a_photo()
    row = asked(
        person,
        kind="business",
        answers=BUSINESS,
        files={"photo": (photo, photo, uuid.uuid4())},
    )
    kept = row.files.get()
    assert photo_for(actor(sari()), row.pk, kept.pk).pk == photo
    with pytest.raises(Http404):
        photo_for(actor(budi()), row.pk, kept.pk)
    row = return_for_completion(
        request=row, what="Foto usaha buram.", by=actor(rt_head()), at=LATER
    )
    complete(
        request=row, by=subject_of(person), at=LATER, files={"photo": (a_photo(),)}
    )
    assert row.files.count() == 2


def test_the_draft_says_what_will_be_signed() -> None:
    person, _child = wayan_with_child()
    row = asked(person)
    reader = actor(sari())
    draft = draft_of(row, by=reader, at=LATER)
    assert draft
    assert (draft.fixed, draft.facts["signer.name"]) == (False, "…")
    village_head()
    again = draft_of(checked_again(row), by=reader, at=LATER)
    assert again
    assert (again.fixed, again.facts["signer.name"]) == (True, "Darmo Wijoyo")
    assert again.facts["signer.title"] == "Kepala Desa Sumberwangi"
    gone = LetterRequest(kind="gone", village_code="35.10.09.2003")
    assert draft_of(gone, by=reader, at=LATER) is None


def test_a_deputy_reads_the_own_name_on_the_draft() -> None:
    row, deputy = checked(wayan_with_child()[0]), secretary()
    give_mandate(
        village_code=row.village_code,
        deputy=deputy,
        manner=Manner.ON_BEHALF,
        title="Sekretaris Desa",
        since=MORNING.date(),
        until=LATER.date() + timedelta(days=1),
        kinds=[],
        reason="",
        by=actor(village_head()),
        at=MORNING,
    )
    draft = draft_of(row, by=actor(deputy), at=LATER)
    assert draft
    assert draft.facts["signer.name"] == "Gusti Ayu Lestari"
    assert draft.facts["signer.on_behalf"] == "a.n. Kepala Desa Sumberwangi"


def checked_again(row: LetterRequest) -> LetterRequest:
    """Return another letter of the family, checked."""
    LetterRequest.objects.filter(pk=row.pk).update(state="cancelled", ended_at=LATER)
    return checked(row.subject, officer=Staff.objects.get(username="sari"))


def test_a_letter_about_oneself_is_not_about_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, child = wayan_with_child()
    with pytest.raises(NotAbout):
        asked(person, kind="business", answers=BUSINESS, subject_id=child.pk)
    Person.objects.filter(pk=child.pk).update(born_on=None)
    with pytest.raises(NotAbout):
        asked(person, kind="business", answers=BUSINESS, subject_id=child.pk)
    with pytest.raises(NotAbout):
        asked(person, kind="death", subject_id=person.pk)
    assert Who.DECEASED


def test_who_of_the_family_is_chosen_is_of_the_own_card() -> None:
    person, child = wayan_with_child()
    given = {"work": "Petani", "income": "900000", "dependants": "2"}
    with pytest.raises(WrongAnswers) as told:
        asked(
            person,
            kind="income",
            answers={**given, "child": str(child.pk + 99)},
        )
    assert set(told.value.fields) == {"child"}
    row = asked(person, kind="income", answers={**given, "child": str(child.pk)})
    wording = wording_for("income", row.village_code, MORNING.date())
    assert wording
    facts = facts_of(row, wording, at=MORNING)
    assert facts["asked.child.name"] == "Putu Sudarma"
    assert facts["asked.child.age"] == "14"
    assert chosen("3, 4,x") == [3, 4]


def test_a_letter_that_is_written_no_more_is_not_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person, _child = wayan_with_child()
    module = "smartkampung.letters.requests.actions.handling.wording_for"
    monkeypatch.setattr(module, lambda *_: None)
    with pytest.raises(NotOffered):
        checked(person)


def test_a_file_that_never_came_to_be_is_gone() -> None:
    name = files.keep(b"%PDF", on=MORNING.date())
    assert files.read(name) == b"%PDF"
    for _twice in range(2):
        files.forget(name)
    with pytest.raises(FileNotFoundError):
        files.read(name)


def test_every_kind_of_block_is_told_line_by_line() -> None:
    blocks: list[dict[str, Any]] = [
        {"kind": "heading", "text": "A"},
        {"kind": "paragraph", "text": "B"},
        {"kind": "rows", "rows": [{"name": "NIK", "text": "1"}]},
        {"kind": "list", "items": ["C"]},
        {"kind": "table", "columns": ["No.", "Nama"], "rows": [["1", "Putu"]]},
    ]
    lines = lines_of([("Nomor", "7"), ("Berlaku", "")], blocks)
    assert lines == [
        ("Nomor", "7"),
        ("", "A"),
        ("", "B"),
        ("NIK", "1"),
        ("", "C"),
        ("", "No.: 1, Nama: Putu"),
    ]
    assert print_of(lines)["3"] == "NIK\n1"
