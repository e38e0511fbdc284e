"""Registering somebody hit by the crisis who asks at the door."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import caches
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.field.kinds.base import (
    BadFields,
    FieldKind,
    Sent,
    Task,
    place_words,
)
from smartkampung.frontline.field.rules.reading import Format, Question, Type
from smartkampung.frontline.field.words import LANGUAGES
from smartkampung.kernel.clock import day
from smartkampung.recovery.affected.actions.register import register_for
from smartkampung.recovery.affected.queries.sectors import branches
from smartkampung.recovery.affected.rules.registration import Kind, Told, Wish
from smartkampung.recovery.affected.words import KINDS, WISHES
from smartkampung.regions.queries import region as region_of
from smartkampung.regions.queries import rts_of

MOST_MONEY = 1_000_000_000
YEARS_BACK = timedelta(days=3 * 365)
OLDEST = timedelta(days=130 * 365)
HOMES = ("rt", "desa", "kelurahan")
REMEMBERED_SECONDS = 60
VILLAGE_DEPTH = 3  # dots in the code of a village


class AffectedKind(FieldKind):
    """A registration for somebody; it has no task, because anybody may ask."""

    code = "affected.register"
    label = _("Register somebody hit by the crisis")
    permission = Permission.AFFECTED_REGISTER
    personal = True
    correctable = frozenset({"skills"})

    def questions(self, actor: Actor, *, at: datetime) -> Sequence[Question]:
        """Return the questions of the page, in its order."""
        return [*_who(actor, at), *_what(at), *_burden()]

    def tasks(self, actor: Actor, *, at: datetime, most: int) -> list[Task]:
        """Return nothing: nobody is expected."""
        return []

    def nik_in(self, body: Mapping[str, Any]) -> str:
        """Return whose registration it is."""
        return str(body.get("nik") or "")

    def take(self, row: Any, sent: Sent) -> str:
        """Register them; return the code to hand over."""
        doer = sent.by
        region = sent.values["region_code"]
        # Whoever lost the right since is stood in for by the colleague who decided.
        if sent.vouched and not doer.may_in(self.permission, region):
            doer = sent.vouched
        place = region_of(region)
        if place is None or place.kind not in HOMES:
            raise BadFields({"region_code": _("Choose a place from the list.")})
        return register_for(told=_told(sent), by=doer, at=sent.at)


def _who(actor: Actor, at: datetime) -> list[Question]:
    today = day(at)
    return [
        Question("nik", Type.TEXT, _("NIK"), required=True, format=Format.NIK),
        Question("name", Type.TEXT, _("Name"), required=True, most=120),
        Question(
            "born_on",
            Type.DATE,
            _("Birth date"),
            required=True,
            least=today - OLDEST,
            most=today,
        ),
        Question(
            "region_code",
            Type.CHOICE,
            _("Where the person lives"),
            choices=_places(actor),
            required=True,
            open=True,
        ),
        Question("phone", Type.TEXT, _("Mobile number"), format=Format.PHONE),
    ]


def _what(at: datetime) -> list[Question]:
    today = day(at)
    return [
        Question(
            "kind",
            Type.CHOICE,
            _("What happened?"),
            choices=list(KINDS.items()),
            required=True,
        ),
        Question(
            "sales_down_percent",
            Type.NUMBER,
            _("Of 100 rupiah that you sold before, how many are missing now?"),
            least=1,
            most=100,
            required=True,
            when={"kind": [Kind.SALES_DOWN.value]},
        ),
        Question(
            "sector", Type.CHOICE, _("Branch"), choices=_branches(), required=True
        ),
        Question(
            "employer",
            Type.TEXT,
            _("Name of the employer or association"),
            most=120,
            help=_("Such as a hotel, a boat owner, the guides' association."),
        ),
        Question(
            "employer_phone",
            Type.TEXT,
            _("Their phone number, if you know it"),
            format=Format.PHONE,
        ),
        Question(
            "happened_on",
            Type.DATE,
            _("Since which day?"),
            required=True,
            least=today - YEARS_BACK,
            most=today,
            since="born_on",
        ),
    ]


def _burden() -> list[Question]:
    money: dict[str, Any] = {"least": 0, "most": MOST_MONEY}
    return [
        Question(
            "income_before",
            Type.NUMBER,
            _("Income a month before"),
            required=True,
            **money,
        ),
        Question(
            "income_after",
            Type.NUMBER,
            _("Income a month now"),
            required=True,
            help=_("Type 0 if nothing comes in."),
            upto="income_before",
            **money,
        ),
        Question(
            "dependants",
            Type.NUMBER,
            _("How many people live on this income besides this person?"),
            required=True,
            least=0,
            most=20,
        ),
        Question("debts", Type.NUMBER, _("Debts that are still to be paid"), **money),
        Question("skills", Type.TEXT, _("What can you do well?"), most=300),
        Question(
            "wishes",
            Type.SEVERAL,
            _("What would help most?"),
            choices=list(WISHES.items()),
        ),
        Question(
            "photo",
            Type.PHOTO,
            _("Photo of a letter of dismissal, a closed shop, a members' card"),
        ),
    ]


def _branches() -> list[tuple[str, dict[str, str]]]:
    names: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for row in branches():
                names.setdefault(row.code, {})[language] = row.name
    return list(names.items())


def _places(actor: Actor) -> list[tuple[str, dict[str, str]]]:
    """Return the RTs where the actor may register people, and whole villages."""
    regions = actor.regions_where(Permission.AFFECTED_REGISTER)
    key = f"field.places:{','.join(regions)}"
    found: list[tuple[str, dict[str, str]]] | None = caches["local"].get(key)
    if found is None:
        found = _places_in(regions)
        caches["local"].set(key, found, REMEMBERED_SECONDS)
    return found


def _places_in(regions: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    codes = {
        code
        for region in regions
        for code in rts_of(region).values_list("code", flat=True)
    }
    codes |= {code for code in regions if code.count(".") == VILLAGE_DEPTH}
    words = place_words(sorted(codes))
    return [(code, {"id": said, "en": said}) for code, said in words.items()]


def _told(sent: Sent) -> Told:
    values = sent.values
    if not any(sign.isalpha() for sign in values["name"]):
        raise BadFields({"name": _("Type the name in letters.")})
    return Told(
        form_id=sent.form_id,
        nik=values["nik"],
        name=values["name"],
        born_on=values["born_on"],
        phone=values["phone"],
        region_code=values["region_code"],
        kind=Kind(values["kind"]),
        sector=values["sector"],
        employer=values["employer"],
        employer_phone=values["employer_phone"],
        happened_on=values["happened_on"],
        income_before=values["income_before"],
        income_after=values["income_after"],
        sales_down_percent=values["sales_down_percent"],
        dependants=values["dependants"],
        debts=values["debts"] or 0,
        skills=values["skills"],
        wishes=tuple(Wish(one) for one in values["wishes"]),
        photo_id=sent.photos.first,
    )
