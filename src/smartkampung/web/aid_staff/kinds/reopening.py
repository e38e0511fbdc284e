"""Work of reopening: pilots, places under protocol, counters, cases, guidance."""

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.reopening.pilots.actions.writing import SIGN_OF
from smartkampung.web.aid_staff.kinds.kind import Kind

KINDS: dict[str, Kind] = {
    "pilots.prepare": Kind(
        _("Show that the village is ready"), Permission.PILOT_PREPARE, "pilots:pilot"
    ),
    "pilots.visit": Kind(
        _("Visit a village that prepares"), Permission.PILOT_VISIT, "pilots:pilot"
    ),
    "pilots.sign": Kind(
        _("Sign the gate of a village"), Permission.PILOT_SIGN, "pilots:sign"
    ),
    **{
        kind: Kind(_("Sign the gate of a village"), permission, "pilots:sign")
        for kind, permission in SIGN_OF.values()
    },
    "pilots.decide": Kind(
        _("Decide whether a village goes back"),
        Permission.PILOT_DECIDE,
        "pilots:proposal",
    ),
    "pilots.silent": Kind(
        _("Nothing is heard of a village that reopens"),
        Permission.PILOT_DECIDE,
        "pilots:pilot",
    ),
    "pilots.told_village": Kind(
        _("Read what changed in your village"),
        Permission.PILOT_PREPARE,
        "pilots:news",
    ),
    "pilots.told_pillars": Kind(
        _("Read what changed in a village you watch"),
        Permission.PLACE_INSPECT,
        "pilots:news",
    ),
    "counters.over": Kind(
        _("Call people: too many for a time"),
        Permission.COUNTER_SERVE,
        "counters_staff:over",
    ),
    "places.accept": Kind(
        _("Say whether a place belongs in the register"),
        Permission.PLACE_REGISTER,
        "protocols_staff:place",
    ),
    "places.inspect": Kind(
        _("Inspect a place"), Permission.PLACE_INSPECT, "protocols_staff:inspect"
    ),
    "places.suspend": Kind(
        _("Decide whether a place is suspended"),
        Permission.PLACE_SUSPEND,
        "protocols_staff:suspension",
    ),
    "places.lift": Kind(
        _("Lift a suspension after a passed inspection"),
        Permission.PLACE_SUSPEND,
        "protocols_staff:suspension",
    ),
    "places.complaint": Kind(
        _("Answer a complaint about a place"),
        Permission.PLACE_INSPECT,
        "protocols_staff:complaint",
    ),
    "cases.twice": Kind(
        _("Two cases: one person or two?"), Permission.CASE_RECORD, "zones:case"
    ),
    "cases.doubted": Kind(
        _("Isolation says otherwise"), Permission.CASE_RECORD, "zones:case"
    ),
    "places.event": Kind(
        _("Decide about an event"), Permission.EVENT_DECIDE, "protocols_staff:event"
    ),
    "places.event_worse": Kind(
        _("Look at an event whose zone became worse"),
        Permission.EVENT_DECIDE,
        "protocols_staff:event",
    ),
    "guidance.confirm": Kind(
        _("Confirm new guidance"), Permission.GUIDANCE_MANAGE, "guidance_staff:confirm"
    ),
}
