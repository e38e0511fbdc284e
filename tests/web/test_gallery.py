"""The gallery shows every part, so that a broken part cannot hide."""

import re
from pathlib import Path

import pytest
from django.test import Client

import smartkampung.web
from smartkampung.accounts.roles import Role
from tests.cast import REGENCY, sign_in, staff

TEMPLATES = Path(smartkampung.web.__file__).parent / "templates"
COMMENT = r"\{% comment %\}.*?\{% endcomment %\}"
FRAME_PARTS = {"language", "language_in_form", "messages", "errors", "renewing"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def gallery(client: Client) -> str:
    """The gallery as a member of staff sees it."""
    account = staff("sari", Role.LEADERSHIP, REGENCY, name="Sari Wulandari")
    sign_in(client, account)
    return client.get("/gallery/").content.decode()


def test_the_gallery_is_for_staff_only(client: Client) -> None:
    answer = client.get("/gallery/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_every_part_is_shown_in_the_gallery() -> None:
    source = (TEMPLATES / "gallery.html").read_text()
    parts = {part.stem for part in (TEMPLATES / "components").glob("*.html")}
    shown = set(re.findall(r'include "components/(\w+)\.html"', source))
    assert parts - FRAME_PARTS <= shown


def test_the_frame_names_the_member_of_staff_and_offers_the_way_out(
    gallery: str,
) -> None:
    assert "Sari Wulandari" in gallery
    assert "Keluar" in gallery
    assert 'href="/gallery/"' not in gallery


def test_every_class_used_in_a_template_is_in_the_style_sheet() -> None:
    css = (TEMPLATES.parent / "static" / "smartkampung.css").read_text()
    known = set(re.findall(r"\.([a-z][\w-]*)", css)) | {"off", "form", "next", "i"}
    used: dict[str, str] = {}
    for page in TEMPLATES.rglob("*.html"):
        text = re.sub(r"\{[{%].*?[}%]\}", " ", page.read_text())
        for names in re.findall(r'class="([^"]*)"', text):
            for name in names.split():
                used[name] = page.name
    assert {name: page for name, page in used.items() if name not in known} == {}


def test_no_template_holds_a_style_or_a_script_that_the_policy_forbids() -> None:
    for page in TEMPLATES.rglob("*.html"):
        text = re.sub(COMMENT, "", page.read_text(), flags=re.DOTALL)
        assert not re.search(r"\sstyle=", text), page
        assert not re.search(r"\son\w+=", text), page
        assert "<style" not in text, page
        assert not re.search(r"<script(?![^>]*(src=|nonce=|application/json))", text), (
            page
        )
