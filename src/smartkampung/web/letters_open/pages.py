"""Anybody proves a letter: by its square, its code, or the file."""

import hashlib
from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from smartkampung.intake.actions.limits import count_hit, used_up
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now, today
from smartkampung.letters.signing.checked import TookTooLong
from smartkampung.letters.signing.queries.files import report_of
from smartkampung.letters.signing.register import register
from smartkampung.letters.signing.rules import payload as square
from smartkampung.letters.signing.rules.reports import LARGEST_PDF
from smartkampung.letters.signing.rules.verdicts import Paper, no_letter
from smartkampung.letters.signing.words import FAULTS
from smartkampung.web.letters_open.forms import (
    FileForm,
    HolderForm,
    ProofForm,
    squeezed,
)
from smartkampung.web.letters_open.proving import Shown, proved
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page

ASKED = Limit("letters.proved", 600, timedelta(minutes=10))
ASKED_BY_ALL = Limit("letters.proved_by_all", 60_000, timedelta(minutes=1))
TOO_LONG = gettext_lazy(
    "Reading this file took too long, so nothing is known of it. Try again in a minute,"
    " or check the square on the paper."
)
FILES = Limit("letters.files", 30, timedelta(minutes=10))
# Each file takes a second of a child process.
FILES_BY_ALL = Limit("letters.files_by_all", 60, timedelta(minutes=1))
# Six signs (a thousand million codes) are guessed in time, unless tries are few: for
# whoever asks, and for one letter whoever asks. That many, so that no passer-by closes
# a letter to the school that has its code.
HOLDERS = Limit("letters.holders", 20, timedelta(hours=1))
HOLDERS_OF_ONE = Limit("letters.holders_of_one", 200, timedelta(days=1))


@limited(address=ASKED, everybody=ASKED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def door(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file; a code leads to the answer."""
    if request.method != "POST":
        return _door(request, ProofForm(), FileForm())
    form = ProofForm(request.POST)
    if not form.is_valid():
        return _door(request, form, FileForm(), HTTPStatus.UNPROCESSABLE_ENTITY)
    typed = form.cleaned_data["code"]
    if square.looks_like(typed):
        return redirect("letters_square:square", square.text_of(typed))
    code = squeezed(square.text_of(typed))
    if not code:
        form.add_error("code", _("Type the code that stands on the letter."))
        return _door(request, form, FileForm(), HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("letters_open:letter", code)


@limited(address=ASKED)
@never_cache
@public_page("GET", "HEAD")
def letter(request: HttpRequest, typed: str) -> HttpResponse:
    """Say how a letter stands; what it says needs the holder's code."""
    shown = proved(typed, on=today())
    return _answer(request, shown, HolderForm())


@limited(address=HOLDERS)
@never_cache
@public_page("POST")
def holder(request: HttpRequest, typed: str) -> HttpResponse:
    """Show what stands on the paper to whoever types the holder's code."""
    shown = proved(typed, on=today())
    form = HolderForm(request.POST)
    if not form.is_valid() or not shown.in_register:
        return _answer(request, shown, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    tries = f"letter:{shown.code}"
    if used_up(HOLDERS_OF_ONE, key=tries, at=now()):
        form.add_error(
            "holder_code",
            _(
                "Too many wrong tries for this letter today. Hand in its PDF instead, ask"
                " the village office, or try again tomorrow."
            ),
        )
        return _answer(request, shown, form, HTTPStatus.TOO_MANY_REQUESTS)
    lang = get_language() or "id"
    lines = register().printed(shown.code, form.cleaned_data["holder_code"], lang)
    if lines is None:
        # Ten offices may read one letter on one day: only what is wrong counts.
        count_hit(HOLDERS_OF_ONE, key=tries, at=now())
        form.add_error(
            "holder_code", _("This is not the code of this letter. Read it again.")
        )
        return _answer(request, shown, form, HTTPStatus.CONFLICT)
    context = {"shown": shown, "lines": lines, "at": now()}
    return render(request, "letters_open/printed.html", context)


@limited(address=FILES, everybody=FILES_BY_ALL)
@never_cache
@public_page("POST")
def file(request: HttpRequest) -> HttpResponse:
    """Check the signatures of a PDF, and the square that it carries."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _door(request, ProofForm(), form, HTTPStatus.UNPROCESSABLE_ENTITY)
    content = form.cleaned_data["file"].read(LARGEST_PDF + 1)
    try:
        report = report_of(content)
    except TookTooLong:
        form.add_error("file", str(TOO_LONG))
        return _door(request, ProofForm(), form, HTTPStatus.SERVICE_UNAVAILABLE)
    if report is None:
        form.add_error("file", _("This is no PDF that can be read. Choose another."))
        return _door(request, ProofForm(), form, HTTPStatus.UNPROCESSABLE_ENTITY)
    signatures = [
        {"by": each, "fault": FAULTS[each.fault] if each.fault else ""}
        for each in report.signatures
    ]
    verdict = no_letter(report)
    paper = Paper(hashlib.sha256(content).digest(), report.ours)
    context = {
        "signatures": signatures,
        "shown": Shown(verdict, "")
        if verdict
        else proved(report.proof, on=today(), paper=paper),
        "at": now(),
    }
    return render(request, "letters_open/file.html", context)


def _door(
    request: HttpRequest, form: ProofForm, file_form: FileForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "file_form": file_form}
    return render(request, "letters_open/door.html", context, status=status)


def _answer(
    request: HttpRequest, shown: Shown, form: HolderForm, status: int = 200
) -> HttpResponse:
    context = {"shown": shown, "form": form, "at": now()}
    return render(request, "letters_open/answer.html", context, status=status)
