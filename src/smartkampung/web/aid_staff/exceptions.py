"""Exceptions from the conflict matrix as pages and letters show them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.queries.outlook import Outlook
from smartkampung.aid.queries.overrides import lights_of_case, overrides_of
from smartkampung.aid.rules.claims import State
from smartkampung.aid.rules.conflicts import RedLight
from smartkampung.kernel.clock import today
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day
from smartkampung.web.aid_staff.blocks import record, sees_components

Part = dict[str, Any]
STATES = {
    "open": (gettext_lazy("waits for a second person"), "wait"),
    "granted": (gettext_lazy("granted"), "ok"),
    "refused": (gettext_lazy("not granted"), "off"),
}


def tag_of(row: Any) -> Part:
    """Return the tag of what became of a wish."""
    granted = "granted" if row.granted else "refused"
    text, state = STATES[granted if row.decided_at else "open"]
    return {"text": text, "state": state}


def name_of(programme: Any) -> str:
    """Return the name of a programme in the language of the reader."""
    return either(programme.name, programme.name_en)


def words_of(row: Any) -> str:
    """Return "Food pack in spite of Family Hope Programme (PKH)"."""
    told = {
        "aid": name_of(row.programme),
        "other": name_of(row.enrolment.programme),
    }
    return _("%(aid)s in spite of %(other)s") % told


def record_of(row: Any, *, components: bool) -> str:
    """Return the record that stands in the way, as it is now."""
    return _record(row.enrolment, row.enrolment.programme, components=components)


def _record(listed: Any, programme: Any, *, components: bool) -> str:
    return record(
        name_of(programme),
        component=listed.component,
        since=listed.since,
        until=listed.until,
        components=components,
    )


def record_in(light: RedLight, *, components: bool) -> str:
    """Return the record behind a red light."""
    aid = light.aid
    return record(
        aid.programme_name,
        component=aid.component,
        since=aid.since,
        until=aid.until,
        another=light.another,
        components=components,
    )


def in_letter(row: Any) -> str:
    """Return what the letter about an approval says of an exception behind it."""
    decided: date = row.decided_at.date()
    told = {
        "record": record_of(row, components=False),
        "day": long_day(decided),
        "reason": row.reason,
    }
    words = _(
        "An exception was granted on %(day)s, although the family receives %(record)s."
        " Reason: %(reason)s"
    )
    return words % told


def of_claim(actor: Actor, claim: Any, found: Iterable[Outlook]) -> Part:
    """Return the exceptions of a claim, and those that the actor may ask for."""
    rows = overrides_of(claim)
    may = claim.state == State.TO_DECIDE and actor.may_in(
        P.OVERRIDE_ASK, claim.region_code
    )
    lights = [light for row in found for light in row.lights] if may else []
    return _part(
        actor,
        claim.region_code,
        rows,
        [
            (
                light,
                reverse(
                    "aid_staff:override_claim",
                    args=[claim.pk, light.programme, light.aid.enrolment_id],
                ),
            )
            for light in lights
        ],
    )


def of_proposal(actor: Actor, row: Any) -> Part:
    """Return the exceptions of a proposal, and those that the actor may ask for."""
    may = row.state == "excluded" and actor.may_in(P.OVERRIDE_ASK, row.region_code)
    programme = row.village_list.cycle.programme_id
    lights = lights_of_case(row, programme, on=today()) if may else []
    return _part(
        actor,
        row.region_code,
        overrides_of(row),
        [
            (
                light,
                reverse(
                    "aid_staff:override_proposal",
                    args=[row.pk, light.aid.enrolment_id],
                ),
            )
            for light in lights
        ],
    )


def _part(
    actor: Actor,
    region_code: str,
    rows: list[Any],
    lights: list[tuple[RedLight, str]],
) -> Part:
    views = actor.may_in(P.OVERRIDE_VIEW, region_code)
    components = sees_components(actor, region_code)
    standing = {
        (row.programme_id, row.enrolment_id)
        for row in rows
        if row.granted or not row.decided_at
    }
    return {
        "asked": [
            {
                "text": words_of(row),
                "tag": tag_of(row),
                "url": reverse("aid_staff:override", args=[row.pk]) if views else "",
            }
            for row in rows
        ],
        "offered": [
            {"text": _offer(light, components=components), "url": url}
            for light, url in lights
            if light.blocks
            and light.aid.programme != light.programme
            and (light.programme, light.aid.enrolment_id) not in standing
        ],
    }


def _offer(light: RedLight, *, components: bool) -> str:
    told = {
        "aid": light.programme_name,
        "other": record_in(light, components=components),
    }
    return _("%(aid)s in spite of %(other)s") % told
