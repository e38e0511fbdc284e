"""The code lists of the civil registry are complete, and unknown codes are kept."""

import pytest

from smartkampung.residents.siak import CODES, CodeList, term

SIZES = {
    CodeList.RELIGION: 7,
    CodeList.RELATION: 11,
    CodeList.MARITAL_STATUS: 4,
    CodeList.OCCUPATION: 89,
    CodeList.EDUCATION: 10,
    CodeList.CITIZENSHIP: 3,
    CodeList.BLOOD_TYPE: 13,
}


@pytest.mark.parametrize("name", CodeList)
def test_every_code_has_a_word_in_both_languages(name: CodeList) -> None:
    assert list(CODES[name]) == list(range(1, SIZES[name] + 1))
    assert all(term.id and term.en for term in CODES[name].values())


def test_words_follow_the_language() -> None:
    assert term(CodeList.RELATION, 3, language="id") == "Istri"
    assert term(CodeList.RELATION, 3, language="en") == "Wife"
    assert term(CodeList.RELATION, 3, language="en-gb") == "Wife"


def test_unknown_codes_are_shown_as_they_came() -> None:
    assert term(CodeList.OCCUPATION, 412, language="id") == "#412"
    assert term(CodeList.OCCUPATION, None, language="id") == ""
