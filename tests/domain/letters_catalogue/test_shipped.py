"""The letters that come with the program: enough of them, whole, in both languages."""

import tomllib
from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from smartkampung.kernel.clock import WIB
from smartkampung.letters.catalogue.drawing import render_draft, sample_facts
from smartkampung.letters.catalogue.rules.kinds import (
    AskedType,
    Feed,
    Step,
    Subject,
    When,
)
from smartkampung.letters.catalogue.shipped import DATA, shipped
from smartkampung.letters.catalogue.words import GROUPS, STEPS, SUBJECTS, TYPES

NAMED_BY_THE_ISSUE = {
    *("sktm", "domicile", "business", "police", "id_card_process", "family_card"),
    *("birth", "death", "lost", "income", "parental_permission", "travel", "moving"),
    *("heirs", "crowd", "widow", "single"),
}
USED_ABROAD = {
    *("domicile", "single", "income", "birth", "death", "parental_permission"),
    *("travel", "moving", "alive", "family_composition"),
}
CODES = sorted(shipped())


def test_twenty_letters_are_shipped_and_those_that_were_promised() -> None:
    assert len(shipped()) >= 20
    assert set(shipped()) >= NAMED_BY_THE_ISSUE


def test_what_is_used_abroad_has_an_english_twin() -> None:
    twins = {code for code, one in shipped().items() if one.kind.bodies["en"]}
    assert twins == USED_ABROAD
    assert {code for code, one in shipped().items() if one.kind.abroad} == twins


def test_every_date_has_its_side_but_that_of_a_move() -> None:
    free = [
        (kind.code, one.name)
        for kind in (shipped()[code].kind for code in CODES)
        for one in kind.asked
        if one.type is AskedType.DATE and one.when is When.ANY
    ]
    assert free == [("moving", "moved_on")]


@pytest.mark.parametrize("code", CODES)
def test_a_letter_is_whole(code: str) -> None:
    kind = shipped()[code].kind
    assert tomllib.loads((DATA / f"{code}.toml").read_text())["code"] == code
    assert Step.CHECK in kind.steps
    assert kind.title.id.startswith("Surat ")
    assert kind.bodies["id"].startswith("Yang bertanda tangan di bawah ini")
    assert "Demikian surat " in kind.bodies["id"]
    assert kind.requirements
    assert all(one.label.en != one.label.id or one.label.id for one in kind.asked)


def test_every_word_that_data_may_use_has_words() -> None:
    for one in shipped().values():
        assert one.kind.group in GROUPS
        assert set(one.kind.steps) <= set(STEPS)
        assert set(one.kind.who.subjects) <= set(SUBJECTS)
        assert {asked.type for asked in one.kind.asked} <= set(TYPES)


def test_letters_feed_the_registry() -> None:
    feeds = {code: one.kind.feeds for code, one in shipped().items() if one.kind.feeds}
    assert feeds == {
        "birth": Feed.BIRTH,
        "death": Feed.DEATH,
        "moving": Feed.MOVING,
    }
    about = {code: one.kind.who.subjects for code, one in shipped().items()}
    dead = {code for code, who in about.items() if Subject.DECEASED in who}
    assert dead == {"death", "heirs"}


def test_a_letter_is_one_sheet() -> None:
    """Signatures of one letter on two sheets would be taken apart."""
    at = datetime(2026, 11, 29, 9, tzinfo=WIB)
    for code in ("moving", "heirs", "birth", "marriage", "land", "family_card"):
        one = shipped()[code]
        pdf = render_draft(one, sample_facts(one), lang="id", at=at)
        assert len(PdfReader(BytesIO(pdf)).pages) == 1, code
