"""What the field app calls: its caseload, its forms, its photos, its receipts.

Plain views and no documented operations: the phone is ours, and it sends bodies that
are kept whatever they hold. What a device was ended for is taken in all the same.
"""

import json
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from smartkampung.accounts.actions.devices import heard_of, revoke_device
from smartkampung.accounts.queries.devices import Caller, caller_of
from smartkampung.accounts.roles import Permission
from smartkampung.api.problems import problem
from smartkampung.frontline.field.actions.arriving import photo_came, receive
from smartkampung.frontline.field.actions.photos import MOST_BYTES, Taken
from smartkampung.frontline.field.actions.room import TooManyForms, TooManyPhotos
from smartkampung.frontline.field.queries.caseload import caseload_of, note_caseload
from smartkampung.frontline.field.queries.photos import has_arrived
from smartkampung.frontline.field.queries.records import MOST_RECEIPTS, receipts_of
from smartkampung.frontline.field.rules.envelopes import read_moment, read_uuid
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused

DEVICE = "device"  # declared like a permission: only a phone's own token opens it
MOST_RECORDS = 50
MOST_JSON = 1024 * 1024
UNKNOWN = "device_unknown"
# How many seconds a phone waits before it asks again, by what stood in the way.
BUSY_FOR, FULL_FOR = 5, 3600
View = Callable[..., HttpResponse]


def device_call(*methods: str, ended: bool = False) -> Callable[[View], Any]:
    """Open a view to enrolled phones; ``ended``: to those that were ended, too.

    Each view cuts its own transactions: a batch of forms is not one.
    """

    def decorate(view: View) -> Any:
        @wraps(view)
        def call(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                answer = problem(405)
                answer["Allow"] = ", ".join(methods)
                return answer
            if not _length(request).isdecimal():
                return problem(400)
            at = now()
            caller = _caller(request, at)
            if caller is None or not caller.heard(at=at):
                return _shut(UNKNOWN)
            if not caller.active and not ended:
                return _shut(caller.standing.value, erase=True)
            with translation.override(caller.device.staff.language):
                return view(request, caller, at, **kwargs)

        opened: Any = csrf_exempt(never_cache(transaction.non_atomic_requests(call)))
        opened.declared_permission = DEVICE
        opened.declared_methods = methods
        return opened

    return decorate


def _caller(request: HttpRequest, at: datetime) -> Caller | None:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer" or not token:
        return None
    with transaction.atomic():
        caller = caller_of(token, at=at)
        if caller is not None and caller.active:
            heard_of(caller.device, at=at)
    return caller


def _shut(code: str, *, erase: bool = False) -> HttpResponse:
    words = {
        UNKNOWN: _("This phone is not enrolled. Enrol it on the page of the app."),
        "device_revoked": _("This phone was signed off. Enrol it again to go on."),
        "device_expired": _(
            "This phone was not heard of for 14 days, or it was enrolled 90 days ago."
            " Enrol it again."
        ),
    }
    answer = problem(401, code=code, detail=words[code])
    if erase:
        content = json.loads(answer.content)
        answer.content = json.dumps({**content, "erase": True}).encode()
    return answer


@device_call("GET", "HEAD")
def caseload(request: HttpRequest, caller: Caller, at: datetime) -> HttpResponse:
    """Return what the phone may hold of the work of its person; 304 when it has it."""
    actor = caller.actor
    if not actor.may(Permission.FIELD_APP):
        return problem(403)
    with transaction.atomic():
        found = caseload_of(actor, at=at)
        content = {
            "kinds": found.kinds,
            "items": found.items,
            "others": found.others,
            "returned": found.returned,
        }
        tag = sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]
        same = request.headers.get("If-None-Match", "").strip('W/"') == tag
        if not same:
            note_caseload(actor, found)
    if same:
        answer: HttpResponse = HttpResponse(status=304)
    else:
        expires = caller.device.expires_at.isoformat()
        head = {"at": at.isoformat(), "expires_at": expires, "etag": tag}
        answer = JsonResponse({**head, **content})
    answer["ETag"] = f'"{tag}"'
    return answer


@device_call("POST", ended=True)
def records(request: HttpRequest, caller: Caller, at: datetime) -> HttpResponse:
    """Take in up to fifty forms; answer with a receipt for each."""
    if _announces_more(request, MOST_JSON) or len(request.body) > MOST_JSON:
        return problem(413)
    try:
        sent = json.loads(request.body)
        found = sent["records"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return problem(400)
    if not isinstance(found, list) or len(found) > MOST_RECORDS:
        words = _("Send at most 50 forms at once.")
        return problem(422, errors=[("records", words)])
    try:
        receipts = receive(
            caller=caller,
            records=found,
            device_time=read_moment(sent.get("device_time")),
            at=at,
        )
    except TooManyForms as refusal:
        # They stay on the phone, where nothing expires.
        return _later(refusal, FULL_FOR)
    return JsonResponse(
        {
            "server_time": at.isoformat(),
            "receipts": [receipt.told() for receipt in receipts],
            **_erase(caller),
        }
    )


def _announces_more(request: HttpRequest, most: int) -> bool:
    """Say whether the header tells of more than is taken, before any of it is read."""
    return int(_length(request)) > most


def _length(request: HttpRequest) -> str:
    return request.headers.get("Content-Length") or "0"


def _later(refusal: Refused, seconds: int) -> HttpResponse:
    answer = problem(429, code=refusal.code, detail=refusal.message)
    answer["Retry-After"] = str(seconds)
    return answer


def _erase(caller: Caller) -> dict[str, Any]:
    """Tell a phone that it ended, and by which of the two ways."""
    return {} if caller.active else {"erase": True, "code": caller.standing.value}


@device_call("GET", "HEAD", ended=True)
def receipts(request: HttpRequest, caller: Caller, at: datetime) -> HttpResponse:
    """Return the receipts of forms whose answer was lost on the way."""
    asked = [read_uuid(one) for one in request.GET.get("ids", "").split(",")]
    ids = [one for one in asked if one is not None][:MOST_RECEIPTS]
    with transaction.atomic():
        found = receipts_of(caller.device.staff_id, ids)
    told = {"receipts": [receipt.told() for receipt in found]}
    return JsonResponse({"server_time": at.isoformat(), **told, **_erase(caller)})


@device_call("GET", "HEAD", "PUT", ended=True)
def photo(
    request: HttpRequest, caller: Caller, at: datetime, photo_id: uuid.UUID
) -> HttpResponse:
    """Say whether a photo has come, or take it in."""
    if request.method != "PUT":
        if has_arrived(caller.device.staff_id, photo_id):
            return JsonResponse({"received": True, **_erase(caller)})
        return problem(404)
    if _announces_more(request, MOST_BYTES):
        return problem(413)
    try:
        taken = photo_came(
            caller=caller,
            photo_id=photo_id,
            content=request.body,
            sha256=request.headers.get("X-Content-SHA256", ""),
            at=at,
        )
    except Refused as refusal:
        return _refused_photo(refusal)
    status = {Taken.NEW: 201, Taken.KNOWN: 200, Taken.OTHER: 409}[taken]
    told = {"received": True, "held": taken is Taken.OTHER, **_erase(caller)}
    return JsonResponse(told, status=status)


def _refused_photo(refusal: Refused) -> HttpResponse:
    if isinstance(refusal, Busy):
        return _later(refusal, BUSY_FOR)
    if isinstance(refusal, TooManyForms | TooManyPhotos):
        return _later(refusal, FULL_FOR)
    return problem(422, code=refusal.code, detail=refusal.message)


@device_call("DELETE")
def sign_off(request: HttpRequest, caller: Caller, at: datetime) -> HttpResponse:
    """End this phone: it is signed off by its own person."""
    with transaction.atomic():
        revoke_device(device=caller.device, by=caller.actor.username, at=at)
    return HttpResponse(status=204)


urlpatterns = [
    path("caseload", caseload, name="field_caseload"),
    path("records", records, name="field_records"),
    path("receipts", receipts, name="field_receipts"),
    path("photos/<uuid:photo_id>", photo, name="field_photo"),
    path("device", sign_off, name="field_device"),
]
