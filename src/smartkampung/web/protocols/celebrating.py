"""The form by which an event asks for permission, and what its code opens."""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from smartkampung.intake.draft import Draft
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day, moment, whole
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.places.actions.events import ask_for_event, cancel_event
from smartkampung.reopening.places.queries.events import (
    Followup,
    against,
    bars_on,
    event_by_code,
    event_by_mark,
    mark_of,
)
from smartkampung.reopening.places.queries.protocols import event_rules_on
from smartkampung.reopening.places.rules.events import Bar, State, allowed, timing
from smartkampung.reopening.places.rules.telling import EventPlan, EventStep
from smartkampung.reopening.places.words import EVENT_KINDS, sentences
from smartkampung.web.carried import Carrier
from smartkampung.web.letterhead import letter_answer
from smartkampung.web.limits import limited
from smartkampung.web.moves import Moves
from smartkampung.web.pages import public_page
from smartkampung.web.protocols import present
from smartkampung.web.protocols.asking import clean_of, region_of, rows_of
from smartkampung.web.protocols.forms import address_field, people_field, person_field
from smartkampung.web.report.fields import DayField, phone_field
from smartkampung.web.report.forms import KecamatanForm, RtForm, StepForm, VillageForm
from smartkampung.web.steps import REVIEW, Steps

FORM = "places.event"
SCREENS = Limit("events.screens", 4_800, timedelta(minutes=10))
SENT = Limit("events.sent", 60, timedelta(minutes=10))
SENT_BY_ALL = Limit("events.sent_by_all", 3_000, timedelta(minutes=1))
OPENED = Limit("events.opened", 240, timedelta(minutes=10))
OPENED_BY_ALL = Limit("events.opened_by_all", 12_000, timedelta(minutes=1))
TITLES: dict[str, Promise] = {
    "kind": gettext_lazy("What kind of event is it?"),
    "kecamatan": gettext_lazy("In which kecamatan will it be?"),
    "village": gettext_lazy("In which desa or kelurahan?"),
    "rt": gettext_lazy("In which RT?"),
    "where": gettext_lazy("What is it called, and where is it?"),
    "when": gettext_lazy("On which day?"),
    "people": gettext_lazy("How many people will come?"),
    "organiser": gettext_lazy("Who organises it?"),
    REVIEW: gettext_lazy("Is everything right?"),
}


ZONE_UNKNOWN = gettext_lazy(
    "The zone of this RT cannot be decided yet. You may ask now; the event can be"
    " allowed once the Puskesmas has reported and the zone is known."
)


class KindForm(StepForm):
    """What it is."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of event"),
        choices=list(EVENT_KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what it is."),
            "invalid_choice": gettext_lazy("Choose what it is."),
        },
    )


class WhereForm(StepForm):
    """Its name and address."""

    name = person_field(gettext_lazy("Name of the event"))
    address = address_field()


class ComingDayField(DayField):
    """A day to come."""

    def judge(self, typed: date) -> None:
        """Refuse a day that is over, or too soon, before anything else is typed."""
        if typed < today():
            raise forms.ValidationError(
                _("That day is over. Check day, month and year."), code="past"
            )
        rules = event_rules_on(today())
        found = timing(on=typed, today=today(), rules=rules) if rules else []
        if found:
            said = allowed(
                kind=Setting.WEDDING, around=None, rules=rules, today=today()
            )
            raise forms.ValidationError(sentences(found, said))


class WhenForm(StepForm):
    """The day."""

    on = ComingDayField(
        label=gettext_lazy("Day of the event"),
        help_text=gettext_lazy("Day, month and year, such as 17 8 2021."),
    )


class PeopleForm(StepForm):
    """How many."""

    people = people_field(
        gettext_lazy("Guests and helpers, over the whole day"), least=2
    )


class OrganiserForm(StepForm):
    """Whom to call."""

    organiser = person_field(gettext_lazy("Name of the organiser"))
    phone = phone_field(
        label=gettext_lazy("Mobile number of the organiser"),
        help_text=gettext_lazy(
            "Only the officers see it. The code goes there by SMS, and a message when"
            " something changes."
        ),
    )


class Wizard(Steps):
    """An event as far as it is described."""

    screens: ClassVar = {
        "kind": KindForm,
        "kecamatan": KecamatanForm,
        "village": VillageForm,
        "rt": RtForm,
        "where": WhereForm,
        "when": WhenForm,
        "people": PeopleForm,
        "organiser": OrganiserForm,
    }
    unsettles: ClassVar = {"kecamatan": ("village", "rt"), "village": ("rt",)}
    longest = 220

    def plan(self) -> EventPlan:
        """Return the event; call it only when nothing is wrong."""
        clean = clean_of(self)
        return EventPlan(
            form_id=self.draft.form_id,
            kind=Setting(clean["kind"]),
            name=clean["name"],
            region_code=region_of(clean),
            address=clean["address"],
            on=clean["on"],
            people=clean["people"],
            organiser=clean["organiser"],
            phone=clean["phone"],
        )

    def bars(self) -> list[str]:
        """Return what stands against it today, in words, as far as it is described."""
        if self.first_wrong() is not None:
            return []
        plan = self.plan()
        found = bars_on(
            kind=plan.kind,
            region_code=plan.region_code,
            people=plan.people,
            on=today(),
        )
        said = present.bars(plan, [bar for bar in found if bar != Bar.ZONE_UNKNOWN])
        return [*said, str(ZONE_UNKNOWN)] if Bar.ZONE_UNKNOWN in found else said


class _Asking(Moves):
    wizard = Wizard
    carrier = Carrier(form=FORM, start="protocols:event:form", cookie="event")
    urls = "protocols:event"
    pages = "protocols/event"

    def title(self, step: str, wizard: Wizard) -> Promise:
        return TITLES[step]

    def rows(self, wizard: Wizard) -> Any:
        """Return the rows; what stands against it comes with them, before it is sent."""
        return rows_of(wizard)

    def show(
        self, request: HttpRequest, draft: Draft, step: str, **more: Any
    ) -> HttpResponse:
        """Say on the review at once what stands against the event."""
        if step == REVIEW and not more.get("notice"):
            found = Wizard(draft).bars()
            if found:
                more["notice"] = " ".join(found)
        return super().show(request, draft, step, **more)


MOVES = _Asking()


@limited(address=SCREENS)
@never_cache
@public_page("GET", "HEAD", "POST")
def form(request: HttpRequest) -> HttpResponse:
    """Begin, or take one screen's answers; either leads to a screen."""
    return MOVES.receive(request)


@limited(address=SCREENS)
@never_cache
@public_page()
def screen(request: HttpRequest, form_id: uuid.UUID, step: str) -> HttpResponse:
    """Show a screen as its form stands."""
    return MOVES.fetch(request, form_id, step)


@limited(address=SENT, everybody=SENT_BY_ALL)
@never_cache
@public_page("POST")
def send(request: HttpRequest) -> HttpResponse:
    """Ask as reviewed; what zone or phase forbid is refused with its reason."""
    return MOVES.send(
        request,
        lambda wizard, at: ask_for_event(plan=wizard.plan(), at=at),
        leads_to="protocols:follow_event",
    )


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """Show an organiser where their event stands; they may call it off."""
    found = _found(code)
    event = found.event
    if request.method == "POST":
        try:
            cancel_event(event=event, at=now())
        except Refused as refusal:
            messages.error(request, str(refusal.message), "late")
        else:
            messages.success(request, _("The event is called off."), "ok")
        return redirect("protocols:follow_event", code)
    context = {
        "code": code,
        "event": event,
        "kind": EVENT_KINDS[event.kind],
        "where": present.area(event.region_code),
        "tag": present.event_tag(event.state),
        "steps": _steps(found),
        "worse": present.bars(event, against(event, today())),
        "approved": event.state == State.APPROVED,
        "may_cancel": event.state in (State.ASKED, State.APPROVED),
    }
    return render(request, "protocols/follow_event.html", context)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page()
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Return the letter of an event that is allowed; 404 for any other."""
    event = _found(code).event
    if event.state != State.APPROVED:
        raise Http404
    link = settings.SITE_URL + reverse("protocols:verify_event", args=[mark_of(event)])
    return letter_answer(
        title=_("Permission for an event, no. %(number)s") % {"number": event.pk},
        told={
            _("Event"): f"{event.name} ({EVENT_KINDS[event.kind]})",
            _("Place"): f"{event.address}, {present.area(event.region_code)}",
            _("Day"): long_day(event.on),
            _("At most"): _("%(n)s people") % {"n": whole(event.people)},
            _("Organiser"): event.organiser,
            _("Allowed on"): long_day(event.decided_at or event.asked_at),
            _("Today"): " ".join(present.bars(event, against(event, today()))),
            _("Note"): event.reason,
        },
        link=link,
        note=_(
            "Masks, temperature, hand-washing and distance for everybody. When zone or"
            " phase become worse, the permission can be withdrawn: the code says what"
            " holds now."
        ),
        by="",
        at=now(),
    )


@public_page()
def verify(request: HttpRequest, mark: str) -> HttpResponse:
    """Say what a permission is worth now, to compare it with the letter."""
    event = event_by_mark(mark)
    if event is None:
        raise Http404
    context = {
        "event": event,
        "kind": EVENT_KINDS[event.kind],
        "where": present.area(event.region_code),
        "tag": present.event_tag(event.state),
        "people": whole(event.people),
        "over": event.on < today(),
        "worse": present.bars(event, against(event, today())),
    }
    return render(request, "protocols/verify_event.html", context)


def _found(code: str) -> Followup:
    found = event_by_code(code, at=now())
    if found is None:
        raise Http404
    return found


def _steps(found: Followup) -> list[dict[str, Any]]:
    reached, event = found.case.reached, found.event
    steps = [_done(_("Arrived"), found.case.opened_at)]
    if EventStep.DECIDED in reached:
        steps.append(_done(_("Decided"), reached[EventStep.DECIDED]))
    elif event.state == State.ASKED and found.case.due_on:
        due = found.case.due_on
        by = _("At the latest %(day)s") % {"day": long_day(due)}
        state = "late" if due < today() else "now"
        steps.append({"state": state, "title": _("Decision"), "when": by})
    if EventStep.WORSE in reached:
        steps.append(_done(_("Zone or phase became worse"), reached[EventStep.WORSE]))
    if EventStep.WITHDRAWN in reached:
        steps.append(_done(_("Permission withdrawn"), reached[EventStep.WITHDRAWN]))
    elif event.state == State.APPROVED:
        steps.append(
            {"state": "next", "title": _("The event"), "when": long_day(event.on)}
        )
    return steps


def _done(title: str, at: Any) -> dict[str, Any]:
    return {"state": "done", "title": title, "when": moment(at)}
