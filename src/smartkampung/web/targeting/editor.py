"""The page where the economic office writes a priority, without a programmer."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.criteria.queries import versions
from smartkampung.criteria.rules import Criterion, Group, How, Rule
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.targeting.actions.priorities import write_priority
from smartkampung.recovery.targeting.queries.known import facts_of
from smartkampung.recovery.targeting.queries.priorities import (
    SUBJECT,
    Worded,
    all_versions,
    standing,
    worded,
)
from smartkampung.recovery.targeting.rules.priority import Need, Weighted
from smartkampung.recovery.targeting.rules.reading import (
    MOST_CRITERIA,
    MOST_QUOTAS,
    MOST_TIES,
)
from smartkampung.web.aid_rules.ruleforms import written
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.targeting.priorityforms import (
    CodeForm,
    ConditionRow,
    CriterionRow,
    HeadForm,
    QuotaRow,
    TieRow,
    written_shares,
)
from smartkampung.web.targeting.words import POPULATIONS

PLAN = Permission.TARGETING_PLAN
MOST_EXCLUSIONS = 10
SETS = {
    "criteria": (CriterionRow, 3, MOST_CRITERIA),
    "ties": (TieRow, 1, MOST_TIES),
    "exclude": (ConditionRow, 1, MOST_EXCLUSIONS),
    "quotas": (QuotaRow, 1, MOST_QUOTAS),
}


@dataclass
class Sheet:
    """All forms of the page together; ``code`` only for a new priority."""

    population: str
    head: HeadForm
    sets: dict[str, Any]
    code: CodeForm | None

    def valid(self) -> bool:
        """Check all forms, so that every mistake is named at once."""
        forms = [self.head, *self.sets.values(), *([self.code] if self.code else [])]
        checked = [form.is_valid() for form in forms]
        return all(checked)

    def spec(self) -> dict[str, Any]:
        """Return the priority that was written."""
        rows = {
            name: [row for form in forms if (row := form.data_of_row())]
            for name, forms in self.sets.items()
        }
        told = self.head.cleaned_data
        exclude = {"any": rows["exclude"]} if rows["exclude"] else None
        return {
            **rows,
            "exclude": exclude,
            "seats": told["seats"],
            "last": told["last"],
        }


@staff_page(PLAN, "GET", "POST")
def new(request: StaffRequest) -> HttpResponse:
    """Write the first version of a priority."""
    asked = request.GET.get("population", "affected")
    population = asked if asked in POPULATIONS else "affected"
    if request.method != "POST":
        sheet = _sheet(population, HeadForm(initial={"since": today()}), CodeForm())
        return _page(request, sheet)
    return _sent(request, population, "")


@staff_page(PLAN, "GET", "POST")
def edit(request: StaffRequest, code: str) -> HttpResponse:
    """Show a priority as a form, or keep what was written as a draft."""
    found = standing(code, on=today()) or worded(all_versions(code)[0])
    if request.method != "POST":
        return _page(request, _shown(found), code)
    return _sent(request, found.population, code)


def _sent(request: StaffRequest, population: str, code: str) -> HttpResponse:
    data = request.POST
    sheet = _sheet(
        population, HeadForm(data), None if code else CodeForm(data), data=data
    )
    if not sheet.valid():
        return _page(request, sheet, code, status=422)
    if sheet.code and versions(f"{SUBJECT}{sheet.code.cleaned_data['code']}"):
        sheet.code.add_error("code", _("This short name is taken. Choose another."))
        return _page(request, sheet, code, status=422)
    told = sheet.head.cleaned_data
    fields = ("name", "legal_reference", "since", "budget", "cost_each")
    try:
        version = write_priority(
            code=code or (sheet.code.cleaned_data["code"] if sheet.code else ""),
            population=population,
            spec=sheet.spec(),
            by=request.actor.username,
            at=now(),
            **{name: told[name] for name in fields},
        )
    except Refused as refusal:
        sheet.head.add_error(None, str(refusal.message))
        return _page(request, sheet, code, status=409)
    words = _("Kept as a draft. Another officer must bring it into force.")
    messages.success(request, words, "ok")
    return redirect("targeting:version", version.pk)


def _sheet(
    population: str,
    head: HeadForm,
    code: CodeForm | None,
    *,
    data: Any = None,
    initial: dict[str, list[dict[str, Any]]] | None = None,
) -> Sheet:
    sets = {}
    for name, (form, extra, most) in SETS.items():
        rows = formset_factory(form, extra=extra, max_num=most, absolute_max=most)
        sets[name] = rows(
            data,
            prefix=name,
            initial=(initial or {}).get(name),
            form_kwargs={"facts": facts_of(population)},
        )
    return Sheet(population, head, sets, code)


def _shown(found: Worded) -> Sheet:
    priority, facts = found.priority, facts_of(found.population)
    head = HeadForm(
        initial={
            "name": found.name,
            "legal_reference": found.version.legal_reference,
            "since": today(),
            "budget": found.budget,
            "cost_each": found.cost_each,
            "seats": priority.seats,
            "last": priority.last.value,
        }
    )
    initial = {
        "criteria": [_criterion(one, facts) for one in priority.criteria],
        "ties": [{"fact": one.fact, "need": one.need.value} for one in priority.ties],
        "exclude": _conditions(priority.exclude, facts),
        "quotas": [
            {
                "name": one.name,
                "where": one.where,
                "least": one.least,
                "most": one.most,
                "unit": one.unit.value,
                **next(iter(_conditions(one.rule, facts)), {}),
            }
            for one in priority.quotas
        ],
    }
    return _sheet(found.population, head, None, initial=initial)


def _criterion(one: Weighted, facts: Any) -> dict[str, Any]:
    row = {"fact": one.fact, "weight": one.weight, "need": one.need.value}
    if one.need is Need.CODES:
        return {**row, "shares": written_shares(facts[one.fact], dict(one.shares))}
    if one.need in {Need.MORE, Need.LESS}:
        return {**row, "low": one.low, "high": one.high}
    return row


def _conditions(rule: Rule | None, facts: Any) -> list[dict[str, Any]]:
    """Return a rule as rows: one criterion, or several of which any is enough."""
    if rule is None:
        return []
    parts = [rule] if isinstance(rule, Criterion) else _any_of(rule)
    return [
        {
            "fact": one.fact,
            "test": one.test.value,
            "value": written(facts[one.fact], one.value),
        }
        for one in parts
    ]


def _any_of(group: Group) -> list[Criterion]:
    simple = group.how is How.ANY or len(group.parts) == 1
    return [one for one in group.parts if simple and isinstance(one, Criterion)]


def _page(
    request: StaffRequest, sheet: Sheet, code: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "sheet": sheet,
        "code": code,
        "population": POPULATIONS[sheet.population],
        "other": next(one for one in POPULATIONS if one != sheet.population),
    }
    return render(request, "targeting/edit.html", context, status=status)
