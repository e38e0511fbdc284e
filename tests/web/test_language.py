"""Indonesian first; English by choice; programs by header."""

import pytest
from django.test import Client

from tests.cast import english

pytestmark = pytest.mark.django_db


def language_of_page(client: Client, path: str = "/", **headers: str) -> str:
    answer = client.get(path, headers=headers)
    return str(answer.headers["Content-Language"])


def test_a_phone_set_to_english_still_reads_indonesian() -> None:
    assert language_of_page(Client(), **{"accept-language": "en-US,en"}) == "id"


def test_the_button_is_remembered() -> None:
    client = Client()
    client.post("/language/", {"language": "en", "next": "/"})
    assert language_of_page(client) == "en"
    client.post("/language/", {"language": "id", "next": "/"})
    assert language_of_page(client) == "id"


def test_a_language_that_we_do_not_speak_changes_nothing() -> None:
    client = english(Client())
    client.cookies["django_language"] = "../../etc"
    assert language_of_page(client) == "id"


@pytest.mark.parametrize("said", ["en", "id"])
def test_programs_choose_by_header(said: str) -> None:
    path = "/api/v1/nothing"
    assert language_of_page(Client(), path, **{"accept-language": said}) == said
