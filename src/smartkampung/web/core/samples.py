"""Made-up content for the gallery: each part in each of its states."""

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.regions.maps import RegionMap, Shape
from smartkampung.web.core.columns import Columns, Day, columns
from smartkampung.web.core.curves import Curves, curves
from smartkampung.web.core.drawing import Drawing, Line, drawing, line


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(
        label=gettext_lazy("Full name"),
        help_text=gettext_lazy("As written on the identity card."),
    )
    number = forms.RegexField(
        r"^\d{16}$",
        label="NIK",
        error_messages={"invalid": gettext_lazy("NIK must be 16 digits.")},
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    village = forms.ChoiceField(
        label=gettext_lazy("Village"), choices=[("", "—"), ("1", "Kembiritan")]
    )
    whom = forms.ChoiceField(
        label=gettext_lazy("For whom is this report?"),
        choices=[
            ("me", gettext_lazy("For myself")),
            ("other", gettext_lazy("For someone else")),
        ],
        widget=forms.RadioSelect(attrs={"class": "choices-row"}),
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What applies?"),
        choices=[
            ("work", gettext_lazy("Lost livelihood")),
            ("ill", gettext_lazy("Chronically ill member")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    photo = forms.FileField(label=gettext_lazy("Photo"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("What I wrote is true"))


def forms_in_both_states() -> tuple[SampleForm, SampleForm]:
    """Return an empty form and one in which everything is wrong."""
    wrong = SampleForm({"number": "351009", "whom": "me"}, auto_id="wrong_%s")
    return SampleForm(), wrong


def timeline() -> list[dict[str, str]]:
    """Return a report half way."""
    return [
        {"state": "done", "title": _("Report received"), "when": "21 Mei, 09.12"},
        {
            "state": "late",
            "title": _("The village visits the house"),
            "when": "25 Mei",
            "note": _("If nobody came yet, call the village office."),
        },
        {"state": "now", "title": _("The kecamatan decides"), "when": "26 Mei"},
        {"state": "off", "title": _("Correction of data")},
        {"state": "next", "title": _("Aid is handed over")},
    ]


def reasons() -> list[dict[str, Any]]:
    """Return one criterion met, one not, one unknown."""
    return [
        {"met": True, "text": _("Lost livelihood"), "fact": _("Shop closed in April")},
        {"met": False, "text": _("Lives in this village"), "fact": ""},
        {"met": None, "text": _("Chronically ill member"), "fact": ""},
    ]


def board() -> list[dict[str, Any]]:
    """Return a board with late, due and empty columns."""
    item = {
        "title": "RT 007 / RW 002",
        "url": "#",
        "note": _("House visit"),
        "tag": _("late"),
        "state": "late",
    }
    return [
        {"title": _("Late"), "state": "late", "count": 1, "cards": [item]},
        {"title": _("Due today"), "state": "wait", "count": 0, "empty": _("Nothing.")},
        {"title": _("With others"), "state": "ok", "count": 0, "empty": _("Nothing.")},
    ]


def table() -> dict[str, Any]:
    """Return a small table with a link, a number and a state."""
    columns = [_("Kecamatan"), _("Reports"), _("State")]
    return {
        "columns": [
            {"title": columns[0]},
            {"title": columns[1], "number": True},
            {"title": columns[2]},
        ],
        "rows": [
            [
                {"text": "Genteng", "url": "#"},
                {"text": "1.000", "label": columns[1], "number": True},
                {"text": _("on time"), "state": "ok", "label": columns[2]},
            ],
            [
                {"text": "Muncar", "url": "#"},
                {"text": "412", "label": columns[1], "number": True},
                {"text": _("late"), "state": "late", "label": columns[2]},
            ],
        ],
    }


def summary() -> list[dict[str, str]]:
    """Return names and values, one of which can be changed."""
    return [
        {"name": _("Village"), "value": "Kembiritan"},
        {
            "name": "NIK",
            "value": "3510••••••••0004",
            "url": "#",
            "url_text": _("Change"),
        },
    ]


def bars() -> list[dict[str, str]]:
    """Return three bars, one of them late."""
    return [
        {"label": "Genteng", "shown": "1.000", "width": "100", "state": ""},
        {"label": "Muncar", "shown": "412", "width": "41.2", "state": "late"},
        {"label": "Glagah", "shown": "0", "width": "0", "state": ""},
    ]


def months() -> Line | None:
    """Return three months of a share that grows."""
    return line([("Sep", 91.2, "91,2%"), ("Okt", 93.0, "93%"), ("Nov", 96.4, "96,4%")])


def days() -> Columns | None:
    """Return five days with what came, what is to come, and what never came."""
    parts = [(4, 0, 0), (6, 0, 1), (5, 2, 0), (0, 7, 0), (0, 3, 0)]
    states = ("ok", "wait", "late")
    shown = [
        Day(
            f"{26 + at} Nov",
            f"{26 + at} Nov: {sum(counts)}",
            tuple(zip(counts, states, strict=True)),
            ground=8,
        )
        for at, counts in enumerate(parts)
    ]
    return columns(shown, now=2, now_words="28 Nov")


def two_years() -> Curves | None:
    """Return two lines over six months, one of them broken, and a threshold."""
    return curves(
        "sample",
        [("2020", [100, 92, 40, 12, None, 31]), ("2019", [98, 95, 101, 104, 99, 120])],
        ticks={0: "Jan", 5: "Jun"},
        words="{:.0f}".format,
        marks=[(60, "60")],
    )


def small_map() -> Drawing:
    """Return three areas, one of them empty, without official borders."""
    areas = {
        "Genteng": "M10 10l90 0 20 60-110 20z",
        "Muncar": "M100 10l90 20-10 60-60-20z",
        "Glagah": "M10 90l110-20 60 20-20 60-130 0z",
    }
    places = [(50, 50), (145, 50), (95, 115)]
    shapes = tuple(
        Shape(name, name, path, x, y)
        for (name, path), (x, y) in zip(areas.items(), places, strict=True)
    )
    shade = {"Genteng": "shade-4", "Muncar": "shade-2"}
    return drawing(
        RegionMap("0 0 200 160", shapes, "", indicative=True, source=""),
        title=_("Map"),
        about=_(
            "The darker an area, the larger its number. The table has the numbers."
        ),
        url=lambda shape: "#",
        spoken=lambda shape: shape.name,
        shade=lambda shape: shade.get(shape.name, "shade-none"),
    )


def legend() -> list[dict[str, str]]:
    """Return what the shades of the map mean."""
    return [
        {"shade": "shade-none", "text": _("none, or not shown")},
        {"shade": "shade-2", "text": _("up to %(most)s") % {"most": "500"}},
        {"shade": "shade-4", "text": _("up to %(most)s") % {"most": "1.000"}},
    ]


def page() -> "Page[int]":
    """Return the middle of three pages."""
    return Paginator(list(range(30)), 10).page(2)
