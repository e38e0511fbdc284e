"""A demo of an older version says so when it opens."""

import json
from pathlib import Path

import pytest

from smartkampung.cli.demo import _welcome
from smartkampung.cli.prepare import mark_older
from smartkampung.cli.site import Site

FACTS = {"people": 10, "accounts": [], "password": "p", "secret": "s"}


@pytest.mark.parametrize(
    ("parts", "older"),
    [
        pytest.param(["Residents", "People in isolation"], False, id="the same parts"),
        pytest.param(["Residents"], True, id="before isolation"),
        pytest.param(None, True, id="before parts were written down"),
    ],
)
def test_an_older_demo_offers_to_begin_anew(
    parts: list[str] | None,
    older: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    site = Site(tmp_path, "127.0.0.1", 8000)
    known = FACTS if parts is None else {**FACTS, "parts": parts}
    site.ready.write_text(json.dumps(known))
    mark_older(site.ready, ["Residents", "People in isolation"])
    _welcome(json.loads(site.ready.read_text()), 10, site)
    assert ("add --reset" in capsys.readouterr().out) == older
