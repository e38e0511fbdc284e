"""Nobody can be found in the logs."""

import json
import logging
from typing import Any

import pytest
from django.conf import settings

from smartkampung.config.logs import logging_settings

NIK = "3510091203850001"


def line(name: str, message: str, error: BaseException | None = None) -> dict[str, Any]:
    """Return one line as the program would write it."""
    configured = logging_settings("INFO")["formatters"]["json"]
    formatter = configured.pop("()")(**configured)
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.INFO, "x.py", 1, message, None, info)
    written: dict[str, Any] = json.loads(formatter.format(record))
    return written


@pytest.mark.parametrize(
    "said",
    [NIK, f"nik={NIK}!", "phone 081234567890", "+6281234567890"],
)
def test_what_looks_like_a_person_is_struck_out(said: str) -> None:
    assert line("any", said)["event"].count("[struck out]") == 1


@pytest.mark.parametrize("said", ["job 1234567890123456789", "12 of 60000", "15.18"])
def test_other_numbers_stay(said: str) -> None:
    assert line("any", said)["event"] == said


def test_a_traceback_keeps_places_and_drops_words() -> None:
    try:
        raise ValueError(f"Siti {NIK}")
    except ValueError as error:
        written = line("any", "bug", error)
    assert written["error"] == "ValueError"
    assert "test_logs.py" in written["places"][0]
    assert "Siti" not in json.dumps(written)


@pytest.mark.parametrize("name", ["django.request", "django.security", "django.server"])
def test_lines_that_hold_paths_are_not_written(name: str) -> None:
    assert settings.LOGGING["loggers"][name] == {"handlers": [], "propagate": False}
