"""The field app as the server gives it away: small, whole, about nobody."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.frontline.field import rescue
from smartkampung.web.field import shell
from tests.cast import HERE, sari, sign_in, staff

pytestmark = pytest.mark.django_db
STATIC = Path("src/smartkampung/web/static/field")
MOST_BYTES = 300_000
ONLINE_ONLY = {"enrol", "worker"}


def test_the_whole_app_is_small() -> None:
    client = Client()
    sizes = {address: len(_content(client, address)) for address in shell.files()}
    assert sum(sizes.values()) < MOST_BYTES, sizes


def _content(client: Client, address: str) -> bytes:
    if address.startswith(settings.STATIC_URL):
        found = finders.find(address.removeprefix(settings.STATIC_URL))
        assert found, address
        return Path(str(found)).read_bytes()
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content


def test_every_module_is_kept_on_the_phone_and_names_only_such() -> None:
    there = {path.stem for path in STATIC.glob("*.js")}
    assert set(shell.MODULES) == there - ONLINE_ONLY
    for path in STATIC.glob("*.js"):
        named = re.findall(r'from "\./(\w+)\.js"', path.read_text())
        assert set(named) <= set(shell.MODULES), path
        assert len(path.read_text().splitlines()) <= 250, path


def test_the_worker_says_what_it_keeps_and_is_asked_for_anew() -> None:
    answer = Client().get("/field/sw.js")
    first, _rest = answer.content.decode().split(";\n", 1)
    what = json.loads(first.removeprefix("self.FIELD = "))
    assert what == {"VERSION": shell.version(), "FILES": shell.files()}
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"


def test_the_shell_is_the_same_for_everybody_and_may_ask_where_it_is() -> None:
    officer = sign_in(Client(), sari()).get("/field/")
    stranger = Client().get("/field/")
    assert stranger.content == officer.content
    assert "geolocation=(self)" in stranger["Permissions-Policy"]
    assert "camera=()" in stranger["Permissions-Policy"]
    assert 'href="/staff/"' in stranger.content.decode()


def test_what_is_needed_to_install_it() -> None:
    what = Client().get("/field/manifest.json").json()
    assert what["start_url"] == what["scope"] == "/field/"
    assert {icon["sizes"] for icon in what["icons"]} == {"192x192", "512x512"}


def test_both_languages_come_at_once() -> None:
    said = Client().get("/field/words.json").json()
    assert said["id"].keys() == said["en"].keys()
    assert said["id"]["queue_left"] == "{count} belum terkirim"
    assert said["en"]["queue_left"] == "Not sent yet: {count}"


def test_enrolling_needs_the_permission_and_shows_the_rescue_key() -> None:
    page = sign_in(Client(), sari()).get("/field/enrol/")
    assert f'data-rescue-key="{rescue.public_key()}"' in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    other = sign_in(Client(), staff("nyoman", Role.LEADERSHIP, HERE))
    assert other.get("/field/enrol/").status_code == 403
    assert Client().get("/field/enrol/").status_code == 302


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"format":"x"}', b"\xff\xfe", b'"text"']
)
def test_what_is_no_rescue_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(rescue.NotARescueFile, match="berkas penyelamat"):
        rescue.read(content)


def test_the_page_of_rescue_files_says_what_is_wrong() -> None:
    head = sign_in(Client(), staff("tono", Role.VILLAGE_HEAD, HERE))
    assert "Berkas penyelamat" in head.get("/field/rescue/").content.decode()
    none = head.post("/field/rescue/")
    assert none.status_code == 422
    assert "Pilih berkas yang disimpan ponsel." in none.content.decode()
    wrong = head.post("/field/rescue/", {"file": ContentFile(b"{}", name="a.json")})
    assert wrong.status_code == 422
    assert "bukan berkas penyelamat" in wrong.content.decode()
