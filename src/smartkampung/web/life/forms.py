"""What an officer types about each kind of event; shape only, the domain decides."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.regions.codes import ancestor
from smartkampung.residents.actions.moves import Card
from smartkampung.residents.queries import Family, Person
from smartkampung.residents.rules.families import CHILD, GRANDCHILD, HEAD, RELATIVE
from smartkampung.residents.siak import CodeList
from smartkampung.web.life.fields import (
    DayField,
    EventForm,
    NumberField,
    PlaceFields,
    TextField,
    coded,
    names,
    own_villages,
    set_choices,
    villages,
)
from smartkampung.web.people.words import SEX

BOXES = forms.CheckboxSelectMultiple
RADIOS = forms.RadioSelect(attrs={"class": "choices-row"})
YOUNGEST_PARENT = 12


class Subject:
    """Whom a form is about: a family card, its members, and perhaps one of them."""

    def __init__(
        self,
        actor: Actor,
        family: Family,
        members: Sequence[Person],
        person: Person | None = None,
    ) -> None:
        self.actor, self.family, self.person = actor, family, person
        self.members = list(members)

    def of(self, status: str) -> list[Person]:
        """Return the members of a status."""
        return [one for one in self.members if one.status == status]


class AboutForm(EventForm):
    """A form that knows whom it is about."""

    chosen_from = "living"

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("on", today())
        super().__init__(*args, **kwargs)
        self.subject = subject
        there = subject.of(self.chosen_from)
        for name in ("who", "head_of_rest", "new_head"):
            if name in self.fields:
                set_choices(self, name, names(there))
        if "who" in self.fields and subject.person is not None:
            self.initial.setdefault("who", [str(subject.person.pk)])
        if "relation" in self.fields:
            set_choices(self, "relation", coded(CodeList.RELATION, but=[HEAD]))

    @property
    def people(self) -> list[Person]:
        """Return the members who were chosen."""
        chosen = set(self.cleaned_data.get("who", ()))
        return [one for one in self.subject.members if str(one.pk) in chosen]

    def picked(self, name: str) -> int | None:
        """Return the member chosen in a field, if any."""
        value = self.cleaned_data.get(name)
        return int(value) if value else None


def who(label: Any) -> forms.MultipleChoiceField:
    """Return the question which members it is about."""
    return forms.MultipleChoiceField(
        label=label,
        widget=BOXES,
        error_messages={"required": _("Choose at least one person of the family.")},
    )


def head_of_rest() -> forms.ChoiceField:
    """Return the question who leads those who stay."""
    return forms.ChoiceField(
        label=_("New head of those who stay"),
        required=False,
        help_text=_("Only if the head of the family leaves the card."),
    )


def relation_to_head() -> forms.ChoiceField:
    """Return the question what people are to the head of another card."""
    return forms.ChoiceField(
        label=_("What are they to the head of that family?"),
        required=False,
        help_text=_("Only if they join another family's card."),
    )


class DayForm(AboutForm):
    """Nothing but the day: missing, found."""


class DeathForm(AboutForm):
    """A death, and who leads the family then."""

    new_head = forms.ChoiceField(
        label=_("New head of the family"),
        required=False,
        help_text=_(
            "The relations of the others to the new head follow by themselves."
        ),
    )

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        dead = subject.person
        rest = [one for one in subject.of("living") if dead and one.pk != dead.pk]
        if dead is not None and dead.relation == HEAD and rest:
            set_choices(self, "new_head", names(rest))
            self.fields["new_head"].required = True
            self.fields["new_head"].error_messages["required"] = _(
                "Choose who leads the family now."
            )
        else:
            del self.fields["new_head"]


class SpouseForm(AboutForm):
    """A marriage or divorce, of both when the other one lives here, too."""

    spouse = NumberField(
        label=_("NIK of the other one"),
        required=False,
        help_text=_(
            "Only if they live in your village. Another village writes it down for its"
            " own residents."
        ),
    )


class BirthForm(AboutForm):
    """A child born into a family. The day it was born is the day it happened."""

    name = TextField(label=_("Name of the child"), max_length=120)
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEX.items()), widget=RADIOS)
    birth_place = TextField(label=_("Place of birth"), max_length=80, required=False)
    relation = forms.ChoiceField(label=_("What is the child to the head?"))
    mother = forms.ChoiceField(label=_("Mother"), required=False)
    father = forms.ChoiceField(label=_("Father"), required=False)
    nik = NumberField(
        label=_("NIK"),
        required=False,
        help_text=_("Leave it empty until the child has one."),
    )
    on = DayField(label=_("Date of birth"))

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        kinds = [CHILD, GRANDCHILD, RELATIVE]
        listed = coded(CodeList.RELATION)
        offered = [choice for choice in listed if int(choice[0]) in kinds]
        set_choices(self, "relation", offered)
        self.initial.setdefault("relation", str(CHILD))
        adults = [one for one in subject.of("living") if _grown_up(one)]
        for field, sex in (("mother", "P"), ("father", "L")):
            set_choices(self, field, names(one for one in adults if one.sex == sex))

    def parent(self, name: str) -> Person | None:
        """Return the member chosen as a parent."""
        picked = self.picked(name)
        return next((one for one in self.subject.members if one.pk == picked), None)


def _grown_up(one: Person) -> bool:
    return one.born_on is None or today().year - one.born_on.year > YOUNGEST_PARENT


class NewcomerFields(forms.Form):
    """Somebody who was not in the registry before."""

    name = TextField(label=_("Name"), max_length=120)
    nik = NumberField(
        label=_("NIK"), error_messages={"required": _("Type the NIK from the KTP.")}
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=list(SEX.items()), widget=RADIOS)
    born_on = DayField(label=_("Date of birth"))
    birth_place = TextField(label=_("Place of birth"), max_length=80, required=False)
    religion = forms.ChoiceField(label=_("Religion"), required=False)
    marital_status = forms.ChoiceField(label=_("Marital status"), required=False)
    occupation = forms.ChoiceField(label=_("Occupation"), required=False)

    def offer_codes(self) -> None:
        """Fill the lists, in the reader's language."""
        for name in ("religion", "marital_status", "occupation"):
            set_choices(self, name, coded(CodeList(name)))


def came_from() -> TextField:
    """Return the question where somebody from outside comes from."""
    return TextField(
        label=_("Where do they come from?"),
        max_length=120,
        help_text=_("Village or town, regency and province."),
    )


class MoveInForm(AboutForm, NewcomerFields):
    """Somebody from outside who now lives with a family."""

    relation = forms.ChoiceField(label=_("What are they to the head of the family?"))
    elsewhere = came_from()
    on = DayField(label=_("Since when do they live here?"))

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.offer_codes()
        if not any(one.relation == HEAD for one in subject.of("living")):
            set_choices(self, "relation", coded(CodeList.RELATION))


class NewFamilyForm(EventForm, PlaceFields, NewcomerFields):
    """A family from outside: its card, its place, and its head."""

    kk = NumberField(
        kk=True,
        label=_("Family card number"),
        required=False,
        help_text=_("Leave it empty until the new card is printed."),
    )
    address = TextField(label=_("Address"), max_length=200, required=False)
    elsewhere = came_from()
    on = DayField(label=_("Since when do they live here?"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("on", today())
        super().__init__(*args, **kwargs)
        self.offer_codes()
        here = own_villages(actor.regions_where(Permission.LIFE_EVENT_RECORD))
        set_choices(self, "village", here)
        if len(here) == 1:
            self.initial.setdefault("village", here[0][0])
        for name in ("village", "rw", "rt"):
            self.fields[name].required = True


class MoveForm(AboutForm, PlaceFields):
    """To another RT or village, on which card, and who leads whom."""

    who = who(_("Who moves?"))
    card = forms.ChoiceField(
        label=_("Which family card?"),
        widget=forms.RadioSelect,
        choices=[
            (Card.SAME, _("Their card moves along: everybody moves")),
            (Card.NEW, _("A new card for those who move")),
            (Card.JOIN, _("They join the card of a family there")),
        ],
    )
    kk = NumberField(
        kk=True,
        label=_("Family card number"),
        required=False,
        help_text=_("The new number if there is one, or that of the family they join."),
    )
    relation = relation_to_head()
    new_head = forms.ChoiceField(
        label=_("Head on the new card"),
        required=False,
        help_text=_("Only for a new card."),
    )
    head_of_rest = head_of_rest()

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        regency = ancestor(subject.family.region_code, "regency")
        set_choices(self, "village", villages(regency))
        self.fields["village"].help_text = _("Not needed if they join a family's card.")
        self.order_fields(["form_id", "who", "card", "village", "rw", "rt"])


class MoveOutForm(AboutForm):
    """Out of the regency."""

    who = who(_("Who leaves?"))
    elsewhere = TextField(
        label=_("Where do they go?"),
        max_length=120,
        help_text=_("Village or town, regency and province."),
    )
    head_of_rest = head_of_rest()


class ReturnForm(AboutForm):
    """Back on the old card, after having left the regency."""

    chosen_from = "moved"
    who = who(_("Who is back?"))
    new_head = forms.ChoiceField(
        label=_("Head of the family"),
        required=False,
        help_text=_("Only if nobody leads the card now."),
    )


class SplitForm(AboutForm):
    """A card of their own at the same place."""

    who = who(_("Who gets a card of their own?"))
    kk = NumberField(
        kk=True,
        label=_("Number of the new card"),
        required=False,
        help_text=_("Leave it empty until the new card is printed."),
    )
    new_head = forms.ChoiceField(label=_("Head on the new card"))
    head_of_rest = head_of_rest()


class MergeForm(AboutForm):
    """Onto the card of another family of the village."""

    who = who(_("Who joins the other card?"))
    kk = NumberField(kk=True, label=_("Number of the other card"))
    relation = relation_to_head()
    head_of_rest = head_of_rest()


class HeadForm(AboutForm):
    """Somebody else leads the family."""

    new_head = forms.ChoiceField(label=_("New head of the family"))


class NewCardForm(AboutForm):
    """The card was issued anew with another number."""

    kk = NumberField(kk=True, label=_("New family card number"))
