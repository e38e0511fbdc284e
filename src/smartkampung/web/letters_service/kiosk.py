"""The kiosk of a village office: large buttons, no data left behind, a time-out."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.letters.catalogue.queries import kinds_offered, wording_for
from smartkampung.letters.catalogue.rules.kinds import Subject
from smartkampung.letters.catalogue.words import GROUPS
from smartkampung.letters.service.actions import choose_face
from smartkampung.letters.service.rules import Face
from smartkampung.regions.queries import region
from smartkampung.web import resident_session
from smartkampung.web.kiosk_mode import COOKIE, village_of_kiosk
from smartkampung.web.letters_service.words import FACES
from smartkampung.web.letters_staff.present import reads
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.places import village_choices
from smartkampung.web.tracking.forms import CodeForm

SECONDS_BETWEEN = 60
# A kiosk is switched off every evening, and stays one.
YEAR = timedelta(days=365)
CHOSEN = Limit("letters.faces", 240, timedelta(minutes=10))
CHOSEN_BY_ALL = Limit("letters.faces_by_all", 6_000, timedelta(minutes=1))


class FaceForm(CodeForm):
    """The code of the slip, and one of three faces."""

    code_missing: Promise = _("Type the code from the slip or the SMS.")
    face = forms.TypedChoiceField(
        label=_("How was it?"),
        coerce=lambda typed: Face(int(typed)),
        choices=[(str(face.value), words) for face, (_icon, words) in FACES.items()],
        widget=forms.RadioSelect(attrs={"class": "faces"}),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose one of the three.")
        ),
    )


@never_cache
@public_page("GET", "HEAD", "POST")
def door(request: HttpRequest) -> HttpResponse:
    """Ask in which village the kiosk stands; it stays there.

    By a form of this page: a link that somebody was sent makes no kiosk of their phone.
    """
    code = request.POST.get("village", "")
    if _stands(code):
        return _fresh(request, redirect("letters_kiosk:home", code), code)
    return _door(request, wrong=request.method == "POST")


def _door(
    request: HttpRequest, *, chosen: str = "", wrong: bool = False
) -> HttpResponse:
    context = {"villages": village_choices(), "wrong": wrong, "chosen": chosen}
    status = 422 if wrong else 200
    return render(request, "letters_kiosk/door.html", context, status=status)


@never_cache
@public_page()
def home(request: HttpRequest, code: str) -> HttpResponse:
    """Offer what one can do here, and forget whoever was here before.

    A browser that is no kiosk, or no longer one, is asked to become one: what looks
    like a kiosk forgets.
    """
    village = _village(code)
    if village_of_kiosk(request) != code and not _goes_on(request, code):
        return _door(request, chosen=code)
    context = {"code": code, "village": village, "kiosk_home": True}
    return _fresh(request, render(request, "letters_kiosk/home.html", context), code)


@never_cache
@public_page()
def kinds(request: HttpRequest, code: str) -> HttpResponse:
    """List the letters of the village under large buttons."""
    village = _village(code)
    groups: dict[Any, list[dict[str, Any]]] = {group: [] for group in GROUPS}
    for one in kinds_offered(code, today()):
        kind = one.kind
        groups[kind.group].append({"code": kind.code, "title": kind.title.of(reads())})
    context = {
        "code": code,
        "village": village,
        "groups": [
            {"title": GROUPS[key], "kinds": found}
            for key, found in groups.items()
            if found
        ],
    }
    return render(request, "letters_kiosk/kinds.html", context)


@never_cache
@public_page()
def slip(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Show what to bring for a letter, to print; and begin asking on the spot."""
    village = _village(code)
    wording = wording_for(kind, code, today())
    if wording is None:
        raise Http404
    held = wording.kind
    context = {
        "code": code,
        "village": village,
        "title": held.title.of(reads()),
        "about": held.about.of(reads()),
        "papers": [one.words.of(reads()) for one in held.requirements],
        "elsewhere": Subject.DECEASED in held.who.subjects,
        "ask_url": reverse("letters_ask:begin", args=[kind]),
        "book_url": reverse("counters:door"),
        "at": now(),
    }
    return render(request, "letters_kiosk/slip.html", context)


@limited(address=CHOSEN, everybody=CHOSEN_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def faces(request: HttpRequest) -> HttpResponse:
    """Ask how it was, once for a letter; nobody is asked for a name."""
    given = {"code": request.GET.get("code", "")[:60]}
    form = FaceForm(request.POST if request.method == "POST" else None, initial=given)
    status, done = 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                choose_face(at=now(), **form.cleaned_data)
            except Refused as refusal:
                form.add_error("code", str(refusal.message))
                status = 409
            else:
                status, done = 200, True
    context = {"form": form, "done": done, "home": _home_url(request)}
    return render(request, "letters_kiosk/faces.html", context, status=status)


@never_cache
@public_page()
def end(request: HttpRequest) -> HttpResponse:
    """Forget whoever was here, and begin anew; timed-out pages lead here."""
    code = village_of_kiosk(request)
    if not code:
        return redirect("letters_kiosk:door")
    # The cookie that makes it a kiosk goes, too; the address brings it back, here.
    token = signing.dumps([code, _kind_of_browser(request)], salt=COOKIE)
    response = redirect(f"{reverse('letters_kiosk:home', args=[code])}?on={token}")
    resident_session.close(request)
    # Half-written forms, too: the browser of a kiosk is nobody's own.
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _fresh(request: HttpRequest, response: HttpResponse, code: str) -> HttpResponse:
    """End the session of a resident here, and remember which village this is."""
    resident_session.close(request)
    response.delete_cookie(resident_session.NAME, samesite="Strict")
    response["Clear-Site-Data"] = '"cache"'
    response.set_cookie(
        *(COOKIE, code, YEAR),
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )
    return response


def _goes_on(request: HttpRequest, code: str) -> bool:
    """Say whether this browser was a kiosk of the village until a moment ago."""
    try:
        told = signing.loads(
            request.GET.get("on", ""), salt=COOKIE, max_age=SECONDS_BETWEEN
        )
    except signing.BadSignature:
        return False
    return bool(told == [code, _kind_of_browser(request)])


def _kind_of_browser(request: HttpRequest) -> str:
    """Return what tells most screens of kiosks from a phone that a link is sent to.

    Not all: browsers of the same make and version on Android say the same.
    """
    named = request.headers.get("User-Agent", "")
    return sha256(named.encode()).hexdigest()[:20]


def _village(code: str) -> Any:
    row = _stands(code)
    if row is None:
        raise Http404
    return row


def _stands(code: str) -> Any:
    """Return the village in which a kiosk stands; None for what is no village."""
    row = region(code)
    return row if row and row.kind in {"desa", "kelurahan"} else None


def _home_url(request: HttpRequest) -> str:
    code = village_of_kiosk(request)
    return reverse("letters_kiosk:home", args=[code]) if code else ""
