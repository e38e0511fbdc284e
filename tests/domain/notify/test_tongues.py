"""A regional language is sent only in words that a native speaker confirmed."""

import json
from pathlib import Path

import pytest

from smartkampung.notify import tongues
from smartkampung.notify.texts import text_of

CONTEXT = {"place": "Sumberwangi", "link": "https://x/news/1/"}


@pytest.fixture
def _confirmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.loads(tongues.FILE.read_text())
    words = content["tongues"]["osi"]["templates"]["broadcast_news"]
    words["reviewed_by"] = "Dewan Kesenian, 3 Mei 2027"
    file = tmp_path / "tongues.json"
    file.write_text(json.dumps(content))
    read = tongues.catalogue.__wrapped__(file)
    monkeypatch.setattr(tongues, "catalogue", lambda: read)


def test_what_nobody_confirmed_is_not_offered_and_goes_out_in_indonesian() -> None:
    assert tongues.offered("broadcast_news") == []
    indonesian = text_of("broadcast_news", context=CONTEXT, language="id")
    assert text_of("broadcast_news", context=CONTEXT, language="osi") == indonesian


@pytest.mark.usefixtures("_confirmed")
def test_what_is_confirmed_is_sent_and_the_rest_stays_indonesian() -> None:
    assert tongues.offered("broadcast_news") == [("osi", "Osing")]
    assert tongues.offered("broadcast_meeting") == []
    text = text_of("broadcast_news", context=CONTEXT, language="osi")
    assert text.startswith("Smart Kampung, Sumberwangi: ana kabar")
    assert "https://x/news/1/" in text


def test_drafts_say_nothing_that_indonesian_does_not() -> None:
    for tongue in json.loads(tongues.FILE.read_text())["tongues"].values():
        for words in tongue["templates"].values():
            filled = {**CONTEXT, "due_on": "Senin"}
            assert "{" not in words["text"].format_map(filled)
