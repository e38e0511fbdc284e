"""The interface speaks Indonesian everywhere, and says the same as in English."""

import pytest

from tests.repository.words import placeholders, texts, translations, words_of


def test_texts_are_found_in_code_and_templates() -> None:
    """The test below cannot fail when nothing is found; so this one does."""
    kinds = {text.place.split(":")[0].rpartition(".")[2] for text in texts()}
    assert {"py", "html", "txt"} <= kinds
    assert any(text.plural for text in texts())


def test_every_text_is_translated() -> None:
    known = translations()
    missing = [
        f"{text.place}: {text.msgid!r}"
        for text in texts()
        if not known.get((text.context, text.msgid))
    ]
    assert not missing, "\n".join(sorted(set(missing)))


def test_no_translation_is_empty_or_doubtful() -> None:
    bad = [
        f"{area}: {msgid!r}"
        for (_context, msgid), entries in translations().items()
        for area, message in entries
        if message.fuzzy or not all(words_of(message))
    ]
    assert not bad, "\n".join(bad)


def test_translations_leave_open_what_the_text_leaves_open() -> None:
    bad = []
    for (_context, msgid), entries in translations().items():
        for area, message in entries:
            forms = [message.id] if isinstance(message.id, str) else list(message.id)
            # A plural names the number; the singular may spell it out.
            wanted = set().union(*map(placeholders, forms))
            for words in words_of(message):
                if placeholders(words) != wanted:
                    bad.append(f"{area}: {msgid!r} -> {words!r}")
    assert not bad, "\n".join(bad)


def test_areas_do_not_contradict_each_other() -> None:
    bad = [
        f"{msgid!r}: " + "; ".join(f"{a}: {words_of(m)[0]}" for a, m in entries)
        for (_context, msgid), entries in translations().items()
        if len({words_of(message) for _area, message in entries}) > 1
    ]
    assert not bad, "\n".join(bad)


@pytest.mark.parametrize(
    ("text", "left_open"),
    [
        ("Open %(site)s with your code.", {"site"}),
        ("{count} of {total}", {"{count}", "{total}"}),
        ("100%% sure, %s", {"s"}),
        ("nothing", set()),
    ],
)
def test_placeholders(text: str, left_open: set[str]) -> None:
    assert placeholders(text) == left_open
