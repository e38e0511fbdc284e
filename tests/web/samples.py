"""Sample arguments of every address, for the permission matrix.

You added an address? Without arguments there is nothing to do. With arguments, add a
line to SAMPLES: a function that makes an object living at RT_HERE and returns the
arguments of its address; ``bound=True`` when people from elsewhere must get a 404;
``rls=True`` when the object stands behind row-level security, too;
``words`` that nobody may read who does not see the object. The matrix does the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from smartkampung.accounts.models import Assignment, FactorReset, Staff
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import now
from tests.cast import (
    FAR_AWAY,
    HERE,
    KECAMATAN,
    NEXT_DOOR,
    OTHER_KECAMATAN,
    PUSKESMAS,
    RT_HERE,
    RW_HERE,
    staff,
)
from tests.web import aid_samples as aid

REGENCY, OTHER_REGENCY, OTHER_PUSKESMAS = "35.10", "35.09", "P35101001"
RT_NEXT_DOOR = f"{NEXT_DOOR}.001.001"


@dataclass(frozen=True)
class Sample:
    """How to fill the arguments of one address."""

    make: Callable[[], dict[str, Any]] = dict
    bound: bool = False
    words: tuple[str, ...] = ()
    # Addresses that answer 404 to those who may, because of something else.
    may_be_missing: bool = False
    # The object stands behind row-level security (aid reports, later health).
    rls: bool = False


@dataclass(frozen=True)
class Address:
    """One URL pattern of the program."""

    name: str
    route: str
    view: Any
    takes_arguments: bool

    @property
    def permission(self) -> str | None:
        """Return what the view declared, if anything."""
        return getattr(self.view, "declared_permission", None)

    @property
    def methods(self) -> tuple[str, ...]:
        """Return the methods that the view takes."""
        return tuple(getattr(self.view, "declared_methods", ()))


def addresses() -> list[Address]:
    """Walk the whole URL conf."""
    return sorted(
        _walk(get_resolver(settings.ROOT_URLCONF).url_patterns, "", ""),
        key=lambda address: address.route,
    )


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, space: str
) -> list[Address]:
    found = []
    for item in patterns:
        route = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            inner = f"{space}{item.namespace}:" if item.namespace else space
            found += _walk(item.url_patterns, route, inner)
        else:
            name = f"{space}{item.name}" if item.name else ""
            takes = bool(item.pattern.regex.groups)
            found.append(Address(name, route, item.callback, takes))
    return found


# Where each role works: the first place holds RT_HERE, the second does not.
POSTS: dict[Role, tuple[str, str]] = {
    Role.SYSTEM_ADMIN: (REGENCY, OTHER_REGENCY),
    Role.LEADERSHIP: (REGENCY, OTHER_REGENCY),
    Role.DINSOS: (REGENCY, OTHER_REGENCY),
    Role.DINKES: (REGENCY, OTHER_REGENCY),
    Role.ECONOMIC_OFFICE: (REGENCY, OTHER_REGENCY),
    Role.AUDITOR: (REGENCY, OTHER_REGENCY),
    Role.KECAMATAN_OFFICER: (KECAMATAN, OTHER_KECAMATAN),
    Role.VILLAGE_HEAD: (HERE, NEXT_DOOR),
    Role.VILLAGE_OFFICER: (HERE, NEXT_DOOR),
    Role.RW_HEAD: (RW_HERE, f"{NEXT_DOOR}.001"),
    Role.RT_HEAD: (RT_HERE, RT_NEXT_DOOR),
    Role.PUSKESMAS_OFFICER: (PUSKESMAS, OTHER_PUSKESMAS),
    Role.BABINSA: (HERE, NEXT_DOOR),
    Role.BHABINKAMTIBMAS: (HERE, FAR_AWAY),
    Role.CHECKPOINT_OFFICER: (REGENCY, OTHER_REGENCY),
}


def _region() -> dict[str, Any]:
    return {"code": HERE}


def _session_of_nobody() -> dict[str, Any]:
    return {"pk": 0}


def _account() -> dict[str, Any]:
    found = Staff.objects.filter(username="kartika").first()
    name = "Kartika Anjani"
    return {"pk": (found or staff("kartika", Role.RT_HEAD, RT_HERE, name=name)).pk}


def _office() -> dict[str, Any]:
    return {"pk": Assignment.objects.get(staff_id=_account()["pk"]).pk}


def _reset() -> dict[str, Any]:
    reset = FactorReset.objects.create(
        staff_id=_account()["pk"], reason="lost", asked_by="somebody", asked_at=now()
    )
    return {"pk": reset.pk}


ACCOUNT = Sample(_account, bound=True, words=("Kartika",))

SAMPLES: dict[str, Sample] = {
    "account": ACCOUNT,
    "add_office": ACCOUNT,
    "disable_account": ACCOUNT,
    "enable_account": ACCOUNT,
    "invite_again": ACCOUNT,
    "ask_reset": ACCOUNT,
    "take_office": Sample(_office, bound=True),
    "decide_reset": Sample(_reset, bound=True),
    "invitation": Sample(lambda: {"text": "made-up"}, may_be_missing=True),
    # accounts: always one's own, so the object of anybody else is missing
    "end_session": Sample(_session_of_nobody, may_be_missing=True),
    "mfa_remove_webauthn": Sample(_session_of_nobody, may_be_missing=True),
    "revoke_token": Sample(_session_of_nobody, may_be_missing=True),
    # addresses without arguments that are shut for other reasons
    "demo": Sample(may_be_missing=True),
    # places are public knowledge
    "region": Sample(_region),
    # jobs belong to no place; one that is not stuck is a refusal, not a 404
    "retry_job": Sample(lambda: {"pk": 1}),
    # aid: claims, what was found and seen, hand-overs
    "aid_staff:claim": Sample(aid.claim, bound=True, rls=True, words=aid.NAMES),
    "aid_staff:visit": Sample(aid.claim, bound=True, rls=True),
    "aid_staff:decide": Sample(aid.claim, bound=True, rls=True),
    "aid_staff:match": Sample(aid.claim, bound=True, rls=True),
    "aid_staff:photo": Sample(aid.photo, bound=True, rls=True),
    "aid_staff:object": Sample(aid.refused, bound=True, rls=True),
    "aid_staff:objection": Sample(aid.objection, bound=True, rls=True),
    "aid_staff:due": Sample(aid.due, bound=True, rls=True),
    "aid_staff:hand_over": Sample(aid.due, bound=True, rls=True),
    "aid_staff:send_code": Sample(aid.due, bound=True, rls=True),
    "aid_staff:give_back": Sample(aid.due, bound=True, rls=True),
    "aid_staff:batch": Sample(aid.batch, bound=True),
    "aid_staff:change_batch": Sample(aid.change_of_batch, bound=True),
    # a code opens a timeline to whoever holds it, and never tells a name
    "tracking:case": Sample(lambda: {"code": "K7-MADE-UP"}, may_be_missing=True),
    "tracking:slip": Sample(lambda: {"code": "K7-MADE-UP"}, may_be_missing=True),
}
