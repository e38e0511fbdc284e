"""Sari brings a village file on the page: look, apply, undo, decide."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from smartkampung.audit.models import Access
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.imports import actions
from smartkampung.residents.models import Import, ImportReview, Person
from smartkampung.web.uploads import NamelessFileHandler
from tests import cast
from tests.filed import Shown, contradiction, preview
from tests.importing import bring
from tests.population import wayan
from tests.workbooks import FAMILY, SITI, SLAMET, workbook

pytestmark = pytest.mark.django_db
PAGE = "/staff/imports/"


@pytest.fixture
def sari(client: Client) -> Client:
    cast.english(client)
    return cast.sign_in(client, cast.sari())


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def upload(client: Client, data: bytes, **changes: Any) -> Any:
    file = SimpleUploadedFile("penduduk.xlsx", data)
    given = {"file": file, "kind": "opensid", "village": cast.HERE}
    return client.post(PAGE, given | changes)


def test_from_upload_to_applied_to_undone(sari: Client) -> None:
    answer = upload(sari, workbook(*FAMILY))
    address = answer["Location"]
    assert answer.status_code == 302
    waiting = text(sari.get(address))
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert "The file is being read and compared" in waiting

    run_waiting()
    shown = text(sari.get(address))
    assert "refresh" not in shown
    assert "Apply 3 rows" in shown
    assert "SITI AMINAH" in shown

    assert sari.post(f"{address}apply/").status_code == 302
    run_waiting()
    assert Person.objects.count() == 3
    assert "Undo the import of penduduk.xlsx" in text(sari.get(address))

    sari.post(f"{address}undo/")
    run_waiting()
    assert "Undone by sari" in text(sari.get(address))
    assert not Person.objects.exists()
    assert "penduduk.xlsx" in text(sari.get(PAGE))


def test_a_change_is_shown_as_old_and_new_and_the_look_is_written_down(
    sari: Client,
) -> None:
    bring(workbook(*FAMILY))
    siti = Person.objects.get(name="SITI AMINAH")
    upload(
        sari,
        workbook(SITI | {"pekerjaan_id": 88, "rt": "3", "no_kk": "3510091501100099"}),
    )
    run_waiting()
    shown = text(sari.get(f"{PAGE}{Import.objects.latest('pk').pk}/"))
    assert "<del>Housekeeping" in shown or "<del>" in shown
    assert "RW 002 / RT 003" in shown
    assert "\u20220099" in shown
    assert "3510091501100099" not in shown
    assert Access.objects.filter(purpose="import.preview", person_id=siti.pk).exists()


def test_a_rejected_cell_is_named_with_what_to_do(sari: Client) -> None:
    upload(sari, workbook(SITI, SLAMET | {"nik": 3510091204850003}))
    run_waiting()
    imported = Import.objects.get()
    shown = text(sari.get(f"{PAGE}{imported.pk}/"))
    assert "G3" in shown
    assert "has lost its last digits" in shown
    assert "3510091204850003" not in shown

    file = sari.get(f"{PAGE}{imported.pk}/rejections/")
    assert "attachment" in file["Content-Disposition"]
    body = file.getvalue()
    assert bring(body, apply=False).summary.as_counts()["rejected"] == 1


def test_there_are_no_rejections_to_download(sari: Client) -> None:
    assert sari.get(f"{PAGE}{preview().pk}/rejections/").status_code == 404


def test_a_file_that_cannot_be_used_says_why(sari: Client) -> None:
    upload(sari, b"%PDF-1.7 hello")
    run_waiting()
    shown = text(sari.get(f"{PAGE}{Import.objects.get().pk}/"))
    assert "This file cannot be used" in shown
    assert "This is not a table." in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"file": ""}, "Choose a file."),
        ({"file": SimpleUploadedFile("x.xlsx", b"")}, "The file is empty."),
        ({"kind": "x"}, "Select a valid choice"),
        ({"village": cast.NEXT_DOOR}, "Select a valid choice"),
        ({"as_of": "kemarin"}, "Enter a valid date"),
    ],
)
def test_what_is_wrong_with_the_form_is_said(
    sari: Client, changes: dict[str, Any], words: str
) -> None:
    answer = upload(sari, workbook(SITI), **changes)
    assert answer.status_code == 422
    assert words in text(answer)
    assert not Import.objects.exists()


def test_a_file_that_is_too_large_is_refused(
    sari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LARGEST", 100)
    answer = upload(sari, workbook(SITI))
    assert answer.status_code == 422
    assert "larger than 200 MB" in text(answer)


def test_options_of_lists_are_kept(sari: Client) -> None:
    upload(sari, b"x", kind="desil", source="DTSEN 2026", as_of="2026-10-01")
    imported = Import.objects.get()
    assert (imported.format, imported.options) == (
        "desil",
        {"source": "DTSEN 2026", "as_of": "2026-10-01"},
    )


@pytest.mark.parametrize("what", ["apply", "undo", "discard"])
def test_what_cannot_be_done_now_is_refused_in_words(sari: Client, what: str) -> None:
    imported = preview(state="undone")
    answer = sari.post(f"{PAGE}{imported.pk}/{what}/")
    assert answer.status_code == 409
    assert "notice late" in text(answer)


def test_a_preview_is_thrown_away(sari: Client) -> None:
    imported = preview()
    answer = sari.post(f"{PAGE}{imported.pk}/discard/", follow=True)
    assert "are deleted" in text(answer)
    assert not imported.rows.exists()


def test_every_kind_of_row_has_its_list(sari: Client) -> None:
    issue = ("nik", "G2", "351009510790001", "nik_length", {"typed": 15})
    imported = preview(
        Shown("new"),
        Shown(
            "changed",
            changes=(("status", "living", "dead"), ("born_on", "", "1990-07-11")),
        ),
        Shown("rejected", issue=issue),
        Shown("review", review="birth_date"),
        Shown("noted", issue=("sex", "H2", "?", "sex_unknown", {})),
    )
    address = f"{PAGE}{imported.pk}/"
    assert "A NIK has 16 digits; this one has 15." in text(sari.get(address))
    for name, words in (
        ("new", "Added to the registry"),
        ("changed", "<del>living</del>"),
        ("rejected", "\u20220001"),
        ("review", "another birth date"),
        ("noted", "Write L or P"),
        ("nonsense", "Apply 3 rows"),
    ):
        assert words in text(sari.get(f"{address}?show={name}"))


def test_what_undo_kept_is_listed(sari: Client) -> None:
    imported = preview(state="applied")
    Import.objects.filter(pk=imported.pk).update(
        state="undone",
        kept=[
            {"kind": "person", "id": 7, "why": "changed_since"},
            {"kind": "family", "id": 8, "why": "in_use"},
        ],
    )
    shown = text(sari.get(f"{PAGE}{imported.pk}/"))
    assert "/staff/residents/7/" in shown
    assert "somebody changed it since" in shown


class TestReviews:
    @pytest.fixture
    def review(self) -> ImportReview:
        return contradiction(preview(state="applied"), wayan())

    def test_it_is_listed_and_shown_with_two_sides(
        self, sari: Client, review: ImportReview
    ) -> None:
        assert "1 contradiction waits" in text(sari.get(PAGE))
        assert "I Wayan Sudarma" in text(sari.get(f"{PAGE}reviews/"))
        shown = text(sari.get(f"{PAGE}reviews/{review.pk}/"))
        assert "12 April 1986" in shown
        assert "12 April 1985" in shown
        assert shown.index("differs") < shown.index("Family card number")

    def test_it_is_decided(self, sari: Client, review: ImportReview) -> None:
        data = {"decision": "dismiss", "reason": "KTP dilihat"}
        answer = sari.post(f"{PAGE}reviews/{review.pk}/", data, follow=True)
        assert "Nothing waits for you" in text(answer)
        review.refresh_from_db()
        assert (review.decision, review.reason) == ("dismiss", "KTP dilihat")
        assert "KTP dilihat" in text(sari.get(f"{PAGE}reviews/{review.pk}/"))

    @pytest.mark.parametrize("data", [{}, {"decision": "move_here", "reason": "x"}])
    def test_a_decision_needs_an_answer_that_fits_and_a_reason(
        self, sari: Client, review: ImportReview, data: dict[str, str]
    ) -> None:
        assert sari.post(f"{PAGE}reviews/{review.pk}/", data).status_code == 422

    def test_it_was_decided_by_somebody_quicker(
        self, sari: Client, review: ImportReview
    ) -> None:
        data = {"decision": "dismiss", "reason": "x"}
        sari.post(f"{PAGE}reviews/{review.pk}/", data)
        answer = sari.post(f"{PAGE}reviews/{review.pk}/", data)
        assert answer.status_code == 409
        assert "Somebody has decided this already." in text(answer)

    def test_somebody_from_elsewhere_is_not_shown(self, sari: Client) -> None:
        review = contradiction(preview(), None, kind="elsewhere")
        ImportReview.objects.filter(pk=review.pk).update(other_region=cast.NEXT_DOOR)
        shown = text(sari.get(f"{PAGE}reviews/{review.pk}/"))
        assert "another village, which decides" in shown
        assert "They have moved" not in shown


def test_an_upload_on_the_disk_has_no_name() -> None:
    handler = NamelessFileHandler()
    handler.new_file("file", "x.csv", "text/csv", 0, None, None)
    for start, piece in ((0, b"nik;"), (4, b"nama")):
        handler.receive_data_chunk(piece, start)
    upload = handler.file_complete(8)
    assert upload is not None
    assert b"".join(upload.chunks()) == b"nik;nama"
    assert not isinstance(getattr(upload.file, "name", 0), str)
    handler.upload_interrupted()


def test_of_a_file_that_is_too_large_no_more_is_kept_than_shows_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("smartkampung.web.uploads.LARGEST", 5)
    handler = NamelessFileHandler()
    handler.new_file("file", "x.csv", "text/csv", 0, None, None)
    for start in range(0, 40, 4):
        handler.receive_data_chunk(b"nik;", start)
    upload = handler.file_complete(40)
    assert upload is not None
    assert b"".join(upload.chunks()) == b"nik;ni"
    handler.upload_interrupted()
