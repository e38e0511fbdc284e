"""What is kept of a wrong cell: never anybody's number."""

import re
from typing import Any

from smartkampung.residents.imports.reading.records import Issue
from smartkampung.residents.rules.numbers import holds_number

SHOWN = 60
_DIGIT = re.compile(r"\d")


def without_numbers(text: str) -> str:
    """Return a text with its digits hidden where a NIK or card number stands in it."""
    return _DIGIT.sub("*", text) if holds_number(text) else text


def hidden(issue: Issue) -> Issue:
    """Return what is wrong with a cell, as it may be kept: without anybody's number."""
    value = without_numbers(issue.value)[:SHOWN]
    column = without_numbers(issue.column)[:SHOWN]
    return issue._replace(column=column, value=value)


def hidden_details(details: dict[str, Any]) -> dict[str, Any]:
    """Return what is wrong with a file without numbers of people in its headers."""
    return {
        key: [without_numbers(str(one)) for one in value]
        if isinstance(value, list)
        else without_numbers(value)
        if isinstance(value, str)
        else value
        for key, value in details.items()
    }
