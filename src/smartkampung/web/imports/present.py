"""Turns imports, rows and reviews into the plain values that templates show."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.kernel.wording import short_day, whole
from smartkampung.residents.imports import words
from smartkampung.residents.imports.queries import Import, ImportProgress, Line
from smartkampung.residents.siak import term
from smartkampung.web.people.words import CODED, SEX, STATUS

Part = dict[str, Any]
RUNNING = ("received", "applying", "undoing")
STATES: dict[str, tuple[str, Promise]] = {
    "received": ("wait", lazy("being read")),
    "ready": ("info", lazy("to be checked")),
    "unusable": ("late", lazy("not usable")),
    "applying": ("wait", lazy("being applied")),
    "applied": ("ok", lazy("applied")),
    "undoing": ("wait", lazy("being undone")),
    "undone": ("off", lazy("undone")),
    "discarded": ("off", lazy("thrown away")),
}
KEPT: dict[str, Promise] = {
    "changed_since": lazy("somebody changed it since"),
    "in_use": lazy("something else refers to it by now"),
    "no_history": lazy("its history is missing"),
    "card_is_gone": lazy("the earlier family card does not exist any more"),
    "number_taken": lazy("the earlier number belongs to another family by now"),
}
KINDS: dict[str, Promise] = {
    "person": lazy("Person"),
    "family": lazy("Family card"),
    "enrolment": lazy("Entry on a programme's list"),
}
TABS: dict[str, tuple[Promise, str]] = {
    "new": (lazy("new"), "ok"),
    "changed": (lazy("changed"), "info"),
    "unchanged": (lazy("unchanged"), "off"),
    "rejected": (lazy("rejected"), "late"),
    "review": (lazy("for you to decide"), "wait"),
    "noted": (lazy("taken, with a remark"), "wait"),
}


def tag(imported: Import) -> Part:
    """Return the state of an import as a tag."""
    state, text = STATES[imported.state]
    return {"state": state, "text": str(text)}


def line(imported: Import) -> Part:
    """Return one line of the list of imports."""
    return {
        "pk": imported.pk,
        "file_name": imported.file_name,
        "kind": str(words.FORMATS[imported.format]),
        "received_at": imported.received_at,
        "received_by": imported.received_by,
        "tag": tag(imported),
        "counts": summary_line(imported),
    }


def summary_line(imported: Import) -> str:
    """Return the counts as one line, zeros left out."""
    counts = imported.counts
    named = ((str(TABS[name][0]), counts.get(name, 0)) for name in TABS)
    return ", ".join(f"{whole(count)} {name}" for name, count in named if count)


def numbers(imported: Import, shown: str) -> list[Part]:
    """Return the counts as cards; those with rows behind them are links."""
    counts = imported.counts
    cards = []
    for name, (meaning, state) in TABS.items():
        count = counts.get(name, 0)
        linked = count and name != "unchanged"
        cards.append(
            {
                "value": whole(count),
                "meaning": str(meaning),
                "state": state if count else "off",
                "tag": _("shown below") if name == shown else "",
                "url": f"?show={name}#rows" if linked else "",
            }
        )
    return cards


def first_tab(imported: Import) -> str:
    """Return what needs eyes most: rejections, then decisions, then changes."""
    order = ("rejected", "review", "changed", "new", "noted")
    return next((name for name in order if imported.counts.get(name)), "")


def progress(imported: Import, at: ImportProgress | None) -> Part:
    """Return how far a running import is, in words and percent."""
    heading = {
        "received": _("The file is being read and compared"),
        "applying": _("The import is being applied"),
        "undoing": _("The import is being undone"),
    }[imported.state]
    total = at.total or imported.file_size if at else 0
    percent = min(99, round(100 * at.done / total)) if at and total else None
    return {"heading": heading, "percent": percent}


def problem(imported: Import) -> str:
    """Return why a file is not usable."""
    stored = imported.problem
    return words.defect_of(stored["code"], stored["details"]) if stored else ""


def kept(imported: Import) -> list[Part]:
    """Return what undo had to keep, and why."""
    return [
        {
            "what": str(KINDS.get(row["kind"], row["kind"])),
            "why": str(KEPT.get(row["why"], row["why"])),
            "number": row["id"],
            "url": reverse("people:person", args=[row["id"]])
            if row["kind"] == "person"
            else "",
        }
        for row in imported.kept
    ]


def row(shown: Line) -> Part:
    """Return one row of a preview: who, what changes, what is wrong."""
    content = shown.content
    review = content.get("review", "")
    return {
        "line": shown.row.line,
        "sheet": content["sheet"],
        "name": content["name"],
        "changes": [change(*parts) for parts in content.get("changes", ())],
        "issues": [
            {
                "cell": issue.cell,
                "column": issue.column,
                "value": words.masked(issue.column, issue.value),
                "text": words.fault(issue),
            }
            for issue in content["issues"]
        ],
        "review": str(words.REVIEWS[review]) if review else "",
    }


def change(field: str, old: Any, new: Any) -> Part:
    """Return one change as name, old and new, in people's words."""
    return {
        "field": words.field(field),
        "old": value(field, old) or _("nothing"),
        "new": value(field, new) or _("nothing"),
    }


def value(field: str, stored: Any) -> str:
    """Return a stored value in people's words; numbers of people are masked."""
    if stored in (None, ""):
        return ""
    if field in CODED:
        return term(CODED[field], int(stored), language=get_language() or "id")
    said = str(stored)
    return IN_WORDS[field](said) if field in IN_WORDS else words.masked(field, said)


def place_words(code: str) -> str:
    """Return RW and RT of a code; the village is known from the page."""
    parts = code.split(".")[4:]
    names = [
        f"{kind} {number}" for kind, number in zip(("RW", "RT"), parts, strict=False)
    ]
    return " / ".join(names) or _("no RW and RT")


IN_WORDS: dict[str, Callable[[str], str]] = {
    "region_code": place_words,
    "card_region": place_words,
    "born_on": lambda said: short_day(date.fromisoformat(said)),
    "status": lambda said: str(STATUS[said][0]) if said in STATUS else said,
    "sex": lambda said: str(SEX.get(said, said)),
}


def to_do(imported: Import) -> int:
    """Return how many rows would be applied or put up for decision."""
    return sum(imported.counts.get(name, 0) for name in ("new", "changed", "review"))


def tab_title(name: str) -> str:
    """Return the heading over the rows that are shown."""
    titles = {
        "new": _("New"),
        "changed": _("Changed"),
        "rejected": _("Rejected: correct these in the file"),
        "review": _("For you to decide"),
        "noted": _("Taken, with a remark"),
    }
    return titles.get(name, "")


def columns(imported: Import) -> Part:
    """Return which columns the file had too many and too few of."""
    stored = imported.columns
    return {
        "unknown": ", ".join(stored.get("unknown", ())),
        "absent": ", ".join(stored.get("absent", ())),
    }
