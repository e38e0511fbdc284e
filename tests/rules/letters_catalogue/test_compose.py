"""Facts in a wording: what is needed, what is left out, what prints a dash."""

from typing import Any

import pytest

from smartkampung.letters.catalogue.rules.compose import (
    Grid,
    MissingFacts,
    filled,
)
from smartkampung.letters.catalogue.rules.reading import data_of, read_kind
from smartkampung.letters.catalogue.rules.wording import Wording, digest

DATA: dict[str, Any] = {
    "code": "school",
    "series": "421",
    "group": "family",
    "valid_days": 30,
    "steps": ["sign", "check"],
    "title": {"id": "Surat Sekolah", "en": "School letter"},
    "about": {"id": "Untuk sekolah.", "en": "For school."},
    "ask": [
        {
            "name": "school",
            "type": "text",
            "label": {"id": "Sekolah", "en": "School"},
        },
        {
            "name": "note",
            "type": "text",
            "label": {"id": "Catatan", "en": "Note"},
            "required": False,
        },
    ],
    "body": {
        "id": "Menerangkan {subject.name}.\n\nLahir : {subject.birth}\n"
        "Sekolah : {asked.school}\nCatatan : {asked.note}\n\n{family.members}",
        "en": "Certifies {subject.name} of {asked.school}.",
    },
}
FACTS: dict[str, str | Grid] = {
    "subject.name": "Wayan {subject.nik} #set",
    "subject.birth": "",
    "asked.school": "SDN 1",
    "asked.note": "",
    "family.members": Grid(("Nama",), (("Wayan",),)),
}


def wording(**changed: Any) -> Wording:
    kind = read_kind({**DATA, **changed})
    return Wording(kind, digest(data_of(kind)))


def test_facts_stand_where_the_wording_names_them_and_nothing_in_them_acts() -> None:
    blocks = filled(wording(), FACTS, "id")
    assert blocks[0]["text"] == "Menerangkan Wayan {subject.nik} #set."
    rows = {row["name"]: row["text"] for row in blocks[1]["rows"]}
    # What the registry should know prints a dash; an answer that may be empty, no row.
    assert rows == {"Lahir": "-", "Sekolah": "SDN 1"}
    assert blocks[2] == {"kind": "table", "columns": ["Nama"], "rows": [["Wayan"]]}


def test_an_empty_table_is_left_out() -> None:
    facts = FACTS | {"family.members": Grid((), ())}
    assert [one["kind"] for one in filled(wording(), facts, "id")] == [
        "paragraph",
        "rows",
    ]


def test_items_without_anything_are_left_out() -> None:
    body = {"id": "x {asked.school}\n\n- {asked.note}"}
    assert len(filled(wording(body=body), FACTS, "id")) == 1
    blocks = filled(wording(body=body), FACTS | {"asked.note": "ya"}, "id")
    assert blocks[1] == {"kind": "list", "items": ["ya"]}


def test_a_field_about_which_nothing_was_said_is_no_letter() -> None:
    facts = {name: fact for name, fact in FACTS.items() if name != "asked.school"}
    with pytest.raises(MissingFacts, match=r"asked\.school"):
        filled(wording(), facts, "id")


def test_the_english_twin_prints_what_it_names() -> None:
    assert filled(wording(), FACTS, "en")[0]["text"].endswith("of SDN 1.")
    without = {name: fact for name, fact in FACTS.items() if name != "family.members"}
    assert filled(wording(), without, "en"), "the table stands in Indonesian only"
    with pytest.raises(MissingFacts):
        filled(wording(), without, "id")


def test_without_an_english_text_it_is_written_in_indonesian() -> None:
    one = wording(ask=DATA["ask"][:1], body={"id": "Halo {asked.school}"})
    assert one.language("en") == "id"
    assert filled(one, FACTS, "en")[0]["text"] == "Halo SDN 1"


def test_steps_stand_in_their_order() -> None:
    assert [step.value for step in wording().kind.steps] == ["check", "sign"]


def test_equal_words_have_an_equal_digest() -> None:
    assert wording().digest == wording().digest
    assert wording().digest != wording(valid_days=31).digest
    again = read_kind(data_of(wording().kind))
    assert again == wording().kind
