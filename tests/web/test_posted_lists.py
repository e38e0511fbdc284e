"""The way of a posted list through the pages, and who tries to read more of it."""

import html
import io
import uuid
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from smartkampung.accounts.models import Staff
from smartkampung.aid.disclosure.actions.figures import publish_programmes
from smartkampung.aid.models import Programme, Publication
from smartkampung.jobs.registry import WORK
from smartkampung.kernel.rls import Kind, act_as
from tests import cast, posting
from tests.cases import FOOD, NOW
from tests.cast import FAR_AWAY, HERE, NEXT_DOOR
from tests.posting import DAY, LAW, Office, today

pytestmark = pytest.mark.django_db
STAFF = "/staff/aid/publications/"
LIST = f"/open/{FOOD}/{HERE}/list/"


@pytest.fixture
def office() -> Office:
    """Dinsos, and a village with an approved list of six."""
    office = posting.an_office()
    posting.approve(office, HERE, 6, name="Sudarma")
    publish_programmes(at=NOW)
    return office


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), Staff.objects.get(username=username))


def asked(office: Office, **more: Any) -> dict[str, Any]:
    """Fill in the form."""
    return {
        "form_id": str(uuid.uuid4()),
        "cycle": office.cycle.pk,
        "legal_reference": LAW,
        "since": today().isoformat(),
        "last": (today() + 6 * DAY).isoformat(),
        **more,
    }


def read(url: str = LIST) -> str:
    """Return a public page, in English."""
    answer = cast.english(Client()).get(url)
    assert answer.status_code == 200, url
    return " ".join(answer.content.decode().split())


def test_one_asks_another_switches_on_and_the_village_prints(office: Office) -> None:
    dinda, rina = enter("dinda"), enter("rina")
    assert "No list was ever asked for" in dinda.get(STAFF).content.decode()
    assert "Akhir 2026" in dinda.get(f"{STAFF}ask/").content.decode()
    url = dinda.post(f"{STAFF}ask/", asked(office)).headers["Location"]
    assert "Switch this list on" not in dinda.get(url).content.decode()
    assert dinda.post(url, {"decision": "grant"}).status_code == 409
    assert Client().get(LIST).status_code == 404
    assert "Decide whether a list is posted" in rina.get("/staff/").content.decode()
    assert rina.post(url, {"decision": "grant"}).status_code == 302
    act_as(Kind.JOB)
    WORK["aid.write_names"](publication_id=url.split("/")[-2])

    page = read()
    assert page.count(">S*** N***</li>") == 6
    assert LAW in page
    assert 'href="/complaint/"' in page
    listing = f"{office.cycle.pk}/{HERE}"
    assert listing in page
    door = page.partition('rel="nofollow" href="')[2].partition('"')[0]
    form = cast.english(Client()).get(html.unescape(door)).content.decode()
    assert f'value="{listing}"' in form
    assert f'value="{HERE}" selected' in form
    assert f'href="{LIST}"' in read(f"/open/{FOOD}/{HERE}/")
    assert "Posted" in rina.get(STAFF).content.decode()

    sari = enter("sari")
    printed = sari.get(f"{STAFF}posted/").content.decode()
    assert "Sumberwangi (PDF)" in printed
    paper = sari.get(f"{STAFF}posted/{url.split('/')[-2]}/{HERE}/")
    words = " ".join(
        sheet.extract_text() for sheet in PdfReader(io.BytesIO(paper.content)).pages
    )
    assert words.count("S*** N***") == 6
    assert "/grievance/" in "".join(words.split())
    assert listing in words
    assert "Sudarma" not in words

    assert rina.post(f"{url}withdraw/").status_code == 302
    assert rina.post(f"{url}withdraw/").status_code == 409
    assert Client().get(LIST).status_code == 404
    assert "Taken down by" in rina.get(url).content.decode()


def test_it_stays_off_when_the_second_person_says_no(office: Office) -> None:
    url = enter("dinda").post(f"{STAFF}ask/", asked(office)).headers["Location"]
    assert enter("rina").post(url, {"decision": "no"}).status_code == 302
    assert "Stays off" in enter("rina").get(url).content.decode()
    assert Client().get(LIST).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"cycle": ""}, 422),
        ({"legal_reference": ""}, 422),
        ({"legal_reference": "NIK 3510091204850003"}, 422),
        ({"last": ""}, 422),
        ({"last": "2001-01-01"}, 409),
    ],
    ids=["no cycle", "no law", "a NIK", "no last day", "backwards"],
)
def test_what_is_missing_is_said(
    office: Office, wrong: dict[str, str], status: int
) -> None:
    answer = enter("dinda").post(f"{STAFF}ask/", asked(office, **wrong))
    assert answer.status_code == status
    assert not Publication.objects.exists()


def test_a_programme_is_marked_harmless_on_its_page(office: Office) -> None:
    page = enter("dinda").get(f"/staff/aid/programmes/{FOOD}/").content.decode()
    assert "pregnancy, disability or illness" in page


class TestWhoTriesToReadMore:
    @pytest.fixture
    def row(self, office: Office) -> Publication:
        """The list, posted now."""
        return posting.posted(office)

    @pytest.mark.parametrize("village", [NEXT_DOOR, FAR_AWAY, "35.10.09", "35.10"])
    def test_another_village_has_no_page(self, row: Publication, village: str) -> None:
        assert Client().get(f"/open/{FOOD}/{village}/list/").status_code == 404

    def test_a_programme_that_became_sensitive_has_none(self, row: Publication) -> None:
        Programme.objects.filter(pk=FOOD).update(sensitive=True)
        assert Client().get(LIST).status_code == 404
        assert "Read the list" not in read(f"/open/{FOOD}/{HERE}/")

    @pytest.mark.parametrize(
        "asked", ["?q=Sudarma", "?name=Sudarma", "?nik=3510091204850003", "?page=0"]
    )
    def test_nobody_is_looked_up_by_name_or_nik(
        self, row: Publication, asked: str
    ) -> None:
        found, plain = read(LIST + asked), read()
        assert found.partition("<main")[2] == plain.partition("<main")[2]
        assert Client().post(LIST, {"q": "Sudarma"}).status_code == 405

    def test_crawlers_and_caches_are_sent_away(self, row: Publication) -> None:
        answer = Client().get(LIST)
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert "no-store" in answer.headers["Cache-Control"]
        assert 'content="noindex, nofollow, noarchive"' in answer.content.decode()
        assert 'rel="nofollow"' in read(f"/open/{FOOD}/{HERE}/")

    def test_a_machine_that_walks_through_the_villages_is_stopped(
        self, row: Publication
    ) -> None:
        crawler = Client()
        urls = [f"/open/{FOOD}/35.10.09.{2000 + n}/list/" for n in range(41)]
        answers = [crawler.get(url).status_code for url in urls]
        assert answers[0] == 404
        assert answers[-1] == 429

    def test_the_office_next_door_prints_nothing_of_it(self, row: Publication) -> None:
        cast.budi()
        budi = enter("budi")
        assert budi.get(f"{STAFF}posted/{row.pk}/{HERE}/").status_code == 404
        assert "No list is posted now" in budi.get(f"{STAFF}posted/").content.decode()
        assert budi.get(f"{STAFF}{row.pk}/").status_code == 403
