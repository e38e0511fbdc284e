"""The staff menu: a few sections, each with its pages. Each area adds a line for its own.

An entry shows only to those who hold its permission. Who has no work waiting starts
with the first line that they may open.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.web.aid_staff.kinds import PERMISSIONS

DESK, REGIONS = "staff_home", "regions"


class Line(NamedTuple):
    """One page of the menu: who may open it, what it is called, its URL name."""

    permission: Permission
    label: Promise
    name: str


class Section(NamedTuple):
    """Pages that belong together; the section opens the first that one may see."""

    label: Promise
    lines: tuple[Line, ...]


MENU = (
    Section(
        _("My work"),
        (
            Line(Permission.DESK, _("My work"), DESK),
            Line(Permission.KINDNESS_VIEW, _("My RT"), "frontline:my_rt"),
            # Who prepares a village works over all of it.
            Line(Permission.PILOT_PREPARE, _("My village"), "frontline:my_village"),
            Line(Permission.TEXT_ANSWER, _("Texts"), "texting:texts"),
            Line(Permission.FIELD_APP, _("Without a signal"), "field:shell"),
        ),
    ),
    Section(
        _("Residents"),
        (
            Line(Permission.RESIDENT_FIND, _("Find a resident"), "people:find"),
            Line(Permission.RESIDENT_VIEW, _("Families"), "people:families_here"),
            Line(Permission.RESIDENT_VIEW, _("Events"), "life:events"),
            Line(Permission.CORRECTION_VIEW, _("Corrections"), "life:corrections"),
            Line(Permission.POPULATION_VIEW, _("Population"), "population:month"),
            Line(Permission.QUALITY_VIEW, _("Data quality"), "quality:here"),
            Line(Permission.DUPLICATES_DECIDE, _("Duplicates"), "duplicates:pairs"),
            Line(Permission.REGISTRY_IMPORT, _("Import"), "imports:imports"),
            Line(Permission.REGISTRY_EXPORT, _("Export"), "exports:exports"),
        ),
    ),
    Section(
        _("Letters"),
        (
            Line(Permission.LETTER_VIEW, _("Letters"), "letters_staff:requests"),
            Line(Permission.LETTER_SERVE, _("The counter"), "letters_service:counter"),
            Line(Permission.LETTER_SIGN, _("Read and sign"), "letters_staff:signing"),
            Line(Permission.LETTER_REGISTER, _("Register book"), "letters_staff:book"),
            Line(
                Permission.LETTER_RULES, _("Numbers and hours"), "letters_staff:rules"
            ),
            Line(
                Permission.LETTER_RULES, _("Who signs for me"), "letters_staff:mandates"
            ),
            Line(
                Permission.LETTER_ASK,
                _("Ask for a letter for somebody"),
                "letters_assist:begin",
            ),
            Line(
                Permission.LETTER_FIGURES,
                _("Figures of letters"),
                "letters_service:here",
            ),
            Line(
                Permission.LETTER_WORDING_WRITE,
                _("Wordings of letters"),
                "letters_templates:wordings",
            ),
            Line(
                Permission.LETTER_WORDING_CONFIRM,
                _("Wordings of letters"),
                "letters_templates:wordings",
            ),
            Line(Permission.LETTER_KEY, _("My certificate"), "letters_keys:own"),
            Line(
                Permission.OFFICE_HAND_OVER,
                _("Certificates of officers"),
                "letters_keys:waiting",
            ),
        ),
    ),
    Section(
        _("Aid"),
        (
            Line(Permission.REPORT_VIEW, _("Claims"), "aid_staff:claims"),
            Line(
                Permission.REPORT_ASSIST,
                _("Report for somebody"),
                "report_staff:assist",
            ),
            Line(Permission.PHASE_MANAGE, _("Reporting rounds"), "report_staff:phases"),
            Line(Permission.HANDOVER_RECORD, _("Hand-overs"), "aid_staff:batches"),
            Line(Permission.HANDOVER_RECORD, _("Recipients' cards"), "aid_cards:find"),
            Line(
                Permission.CONFIRMATION_VIEW,
                _("Did aid arrive?"),
                "aid_confirmation:report",
            ),
            Line(
                Permission.COMPLAINT_VIEW,
                _("Complaints about cuts"),
                "aid_complaints:complaints",
            ),
            Line(
                Permission.GRIEVANCE_VIEW, _("Grievances"), "aid_grievances:grievances"
            ),
            Line(
                Permission.GRIEVANCE_OVERSEE,
                _("Grievances about Dinsos"),
                "aid_grievances:overseen",
            ),
            Line(Permission.STOCK_VIEW, _("Warehouses"), "aid_goods:warehouses"),
            Line(Permission.CYCLE_VIEW, _("Cycles"), "aid_cycles:cycles"),
            Line(
                Permission.PUBLICATION_MANAGE,
                _("Lists of recipients"),
                "aid_publish:publications",
            ),
            Line(Permission.LIST_POST, _("Posted lists"), "aid_publish:posted"),
            Line(Permission.PAYMENT_VIEW, _("Payments"), "aid_payments:batches"),
            Line(Permission.OVERRIDE_VIEW, _("Exceptions"), "aid_staff:overrides"),
            Line(
                Permission.ACCOUNT_RECORD,
                _("Accounts from a list"),
                "aid_payments:account_list",
            ),
            Line(
                Permission.ACCOUNT_CONFIRM,
                _("Confirm a list of accounts"),
                "aid_payments:confirm_list",
            ),
            Line(Permission.PROGRAMME_VIEW, _("Programmes"), "aid_staff:programmes"),
            Line(Permission.PROGRAMME_VIEW, _("Rules"), "aid_rules:rules"),
        ),
    ),
    Section(
        _("Isolation"),
        (
            Line(
                Permission.MONITORING_RECORD,
                _("People to look after today"),
                "isolation_monitoring:today",
            ),
            Line(
                Permission.RELEASE_DECIDE,
                _("Stays and letters"),
                "isolation_monitoring:stays",
            ),
            Line(
                Permission.ESCALATION_ANSWER,
                _("Alerts"),
                "isolation_monitoring:alerts",
            ),
            Line(
                Permission.HOUSE_VIEW,
                _("Isolation houses"),
                "isolation_houses:houses",
            ),
            Line(
                Permission.MEALS_VIEW,
                _("Meals for people in isolation"),
                "isolation_houses:meals",
            ),
            Line(
                Permission.ISOLATION_FIGURES,
                _("Figures of isolation"),
                "isolation_figures:here",
            ),
            Line(
                Permission.ISOLATION_FIGURES,
                _("Limits of intake"),
                "isolation_care:limits",
            ),
            Line(
                Permission.MONITORING_RECORD,
                _("Who looks after whom"),
                "isolation_care:team",
            ),
            Line(Permission.HOUSE_VIEW, _("Protocol"), "isolation_care:protocol"),
            Line(Permission.STAY_VIEW, _("Arrivals"), "isolation_arrival:arrivals"),
            Line(
                Permission.STAY_VIEW,
                _("People in isolation"),
                "isolation_arrival:people",
            ),
            Line(Permission.ARRIVAL_RECORD, _("Checkpoint"), "isolation_arrival:door"),
            Line(
                Permission.ISOLATION_HEALTH_VIEW,
                _("Exchange with SATUSEHAT"),
                "isolation_exchange:line",
            ),
        ),
    ),
    Section(
        _("Audit"),
        (
            Line(Permission.ASSURANCE_VIEW, _("Audit findings"), "aid_audit:findings"),
            Line(Permission.AUDIT_VIEW, _("Who changed what"), "aid_audit:changes"),
        ),
    ),
    Section(
        _("Summary"),
        (
            Line(Permission.SUMMARY_VIEW, _("Summary"), "summary"),
            Line(Permission.SUMMARY_VIEW, _("Errors of choice"), "aid_publish:errors"),
        ),
    ),
    Section(
        _("News"),
        (
            Line(Permission.DESK, _("News"), "news:inbox"),
            Line(Permission.ANNOUNCE, _("Write an announcement"), "news:write"),
            Line(Permission.BROADCAST, _("Messages to residents"), "news:sent"),
            Line(
                Permission.BROADCAST_APPROVE, _("Budgets for messages"), "news:budgets"
            ),
        ),
    ),
    Section(
        _("Administration"),
        (
            Line(Permission.STAFF_MANAGE, _("Staff accounts"), "accounts"),
            Line(Permission.JOBS_VIEW, _("Background jobs"), "jobs"),
            Line(Permission.FIELD_REVIEW, _("Field work to decide"), "field:reviews"),
            Line(
                Permission.ISOLATION_HEALTH_VIEW,
                _("Field work about health to decide"),
                "field:health_reviews",
            ),
            Line(Permission.OFFICE_HAND_OVER, _("Terms of office"), "frontline:terms"),
            Line(Permission.DESK, _("Absence"), "frontline:away"),
        ),
    ),
    Section(
        _("Recovery"),
        (
            Line(
                Permission.AFFECTED_VIEW,
                _("People hit by the crisis"),
                "affected_staff:records",
            ),
            Line(
                Permission.AFFECTED_REGISTER,
                _("Register somebody"),
                "affected_staff:assist",
            ),
            Line(
                Permission.AFFECTED_IMPORT,
                _("Lists of employers"),
                "affected_staff:lists",
            ),
            Line(Permission.TARGETING_VIEW, _("Who comes first"), "targeting:overview"),
            Line(
                Permission.RECOVERY_VIEW,
                _("Recovery programmes"),
                "recovery_staff:board",
            ),
            Line(
                Permission.RECOVERY_VIEW,
                _("Whom to ask what they earn"),
                "recovery_staff:outcomes",
            ),
            Line(Permission.RECOVERY_VIEW, _("Loans"), "recovery_staff:loans"),
            Line(Permission.ECONOMY_VIEW, _("The economy in numbers"), "economy:here"),
            Line(Permission.ECONOMY_ENTER, _("Figures from a file"), "economy:files"),
        ),
    ),
    Section(
        _("Pandemic and new normal"),
        (
            Line(Permission.SIGNAL_VIEW, _("Signals of the pandemic"), "signals:here"),
            Line(
                Permission.SIGNAL_VIEW,
                _("Pilots beside other villages"),
                "comparison:here",
            ),
            Line(Permission.COUNTER_SERVE, _("Counters"), "counters_staff:counters"),
            Line(Permission.PLACE_VIEW, _("Places"), "protocols_staff:places"),
            Line(
                Permission.PLACE_INSPECT,
                _("Complaints about places"),
                "protocols_staff:complaints",
            ),
            Line(
                Permission.PLACE_VIEW,
                _("Weddings and festivals"),
                "protocols_staff:events",
            ),
            Line(
                Permission.PLACE_VIEW,
                _("Protocols of places"),
                "protocols_staff:versions",
            ),
            Line(Permission.PILOT_VIEW, _("Pilot villages"), "pilots:board"),
            Line(Permission.ZONE_VIEW, _("Zones of RTs"), "zones:zones"),
            Line(Permission.CASE_VIEW, _("Confirmed cases"), "zones:cases"),
            Line(Permission.GUIDANCE_MANAGE, _("Guidance"), "guidance_staff:guidance"),
        ),
    ),
    Section(
        _("Thanks"),
        (
            Line(Permission.DESK, _("Thanks from residents"), "recognition:thanks"),
            Line(Permission.DESK, _("My month"), "recognition:month"),
        ),
    ),
    Section(_("Regions"), (Line(Permission.REGION_VIEW, _("Regions"), REGIONS),)),
)


def has_desk(actor: Actor) -> bool:
    """Say whether work can ever wait for this actor."""
    return any(actor.may(permission) for permission in PERMISSIONS)


def start_of(actor: Actor) -> str:
    """Return the URL name of the page where this actor's day begins."""
    if has_desk(actor):
        return DESK
    if actor.may(Permission.SUMMARY_VIEW):
        return "summary"
    lines = [line for part in MENU for line in _open(part, actor)]
    # Everybody may go away; that is no place to start a day with.
    names = [line.name for line in lines if line.permission != Permission.DESK]
    # Everybody may see the regions: who may see nothing else is told so at the desk.
    return names[0] if names[0] != REGIONS else DESK


def menu_for(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Return the sections that an actor may open, with the one of this page unfolded."""
    parts = [
        (part.label, [_item(line) for line in _open(part, actor)]) for part in MENU
    ]
    menu: list[dict[str, Any]] = [
        {
            # Who may see one page of a section reads where it leads.
            "label": label if len(lines) > 1 else lines[0]["label"],
            "url": lines[0]["url"],
            "lines": lines,
            "current": "",
        }
        for label, lines in parts
        if lines
    ]
    _mark(menu, path)
    return menu


def _open(section: Section, actor: Actor) -> Iterator[Line]:
    seen: set[tuple[str, Promise]] = set()
    for line in section.lines:
        may = actor.may(line.permission) and (line.name != DESK or has_desk(actor))
        # A page to which two permissions lead stands there once.
        if may and (line.name, line.label) not in seen:
            seen.add((line.name, line.label))
            yield line


def _item(line: Line) -> dict[str, Any]:
    return {"label": line.label, "url": reverse(line.name), "current": ""}


def _mark(menu: list[dict[str, Any]], path: str) -> None:
    """Mark the line nearest above the page, and its section."""
    # The board at /staff/ lies above every page: it is current only by itself.
    desk = reverse(DESK)
    around = [
        (item, part)
        for part in menu
        for item in part["lines"]
        if path == item["url"] or (item["url"] != desk and path.startswith(item["url"]))
    ]
    if around:
        item, part = max(around, key=lambda found: len(found[0]["url"]))
        item["current"] = part["current"] = "page" if item["url"] == path else "true"
        part["unfolded"], part["here"] = len(part["lines"]) > 1, item["label"]
