"""One program for every regency: places are data, and code names none."""

from pathlib import Path

import smartkampung
from smartkampung.demo.places import read_villages

PACKAGE = Path(smartkampung.__file__).parent
KINDS = {".py", ".html", ".po", ".js", ".css", ".typ", ".txt", ".svg"}
# Data is about places, and the demo plays one of them.
APART = {"data", "demo"}


def test_code_pages_and_words_do_not_know_which_regency_they_serve() -> None:
    found = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*")
        if path.suffix in KINDS
        and not APART & set(path.relative_to(PACKAGE).parts)
        and "banyuwangi" in path.read_text(encoding="utf-8").lower()
    ]
    assert found == []


def test_the_demo_does_know() -> None:
    assert len(read_villages()) == 217
