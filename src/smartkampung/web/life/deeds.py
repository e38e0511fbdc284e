"""Which form tells of which event, and the one action that writes it down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import now
from smartkampung.residents.actions.absences import (
    record_found,
    record_missing,
    record_return,
)
from smartkampung.residents.actions.arrivals import (
    Newcomer,
    record_birth,
    record_move_in,
)
from smartkampung.residents.actions.cards import (
    change_head,
    merge_cards,
    renumber_card,
    split_card,
)
from smartkampung.residents.actions.deaths import record_death
from smartkampung.residents.actions.happening import Act, CannotRecord
from smartkampung.residents.actions.marriages import record_divorce, record_marriage
from smartkampung.residents.actions.moves import (
    Card,
    Destination,
    record_move,
    record_move_out,
)
from smartkampung.residents.queries import Person, find_by_nik
from smartkampung.residents.queries.cards import card_with_number, own_card_with_number
from smartkampung.residents.rules.families import HEAD, MARRIED
from smartkampung.residents.rules.life import Bar, Kind
from smartkampung.web.life import forms
from smartkampung.web.life.forms import AboutForm, Subject

Do = Callable[[Any], object]


@dataclass(frozen=True)
class Deed:
    """One kind of event: its words, its form, whom it can happen to, what writes it."""

    title: Promise
    hint: Promise
    form: type[AboutForm]
    do: Do
    fits: Callable[[Subject], bool]


def act_of(form: Any) -> Act:
    """Return what every form tells."""
    data = form.cleaned_data
    return Act(
        id=data["form_id"],
        on=data["on"],
        by=form.subject.actor.username,
        at=now(),
        note=data["note"].strip(),
        elsewhere=data.get("elsewhere", ""),
    )


def newcomer_of(data: dict[str, Any], **more: Any) -> Newcomer:
    """Return the person whom a form describes."""
    coded = {
        name: int(data[name])
        for name in ("religion", "marital_status", "occupation")
        if data.get(name)
    }
    plain = {name: data[name] for name in ("name", "sex", "nik", "birth_place")}
    return Newcomer(**{**plain, **coded, **more})


def _death(form: forms.DeathForm) -> object:
    new_head = form.picked("new_head")
    return record_death(act=act_of(form), person=_person(form), new_head=new_head)


def _missing(form: AboutForm) -> object:
    return record_missing(act=act_of(form), person=_person(form))


def _found(form: AboutForm) -> object:
    return record_found(act=act_of(form), person=_person(form))


def _marriage(form: forms.SpouseForm) -> object:
    spouse = _spouse(form)
    return record_marriage(act=act_of(form), person=_person(form), spouse=spouse)


def _divorce(form: forms.SpouseForm) -> object:
    spouse = _spouse(form)
    return record_divorce(act=act_of(form), person=_person(form), spouse=spouse)


def _birth(form: forms.BirthForm) -> object:
    mother, father = form.parent("mother"), form.parent("father")
    child = newcomer_of(
        form.cleaned_data,
        born_on=form.cleaned_data["on"],
        relation=int(form.cleaned_data["relation"]),
        mother_name=mother.name if mother else "",
        father_name=father.name if father else "",
    )
    return record_birth(
        act=act_of(form), family=form.subject.family, child=child, mother=mother
    )


def _move_in(form: forms.MoveInForm) -> object:
    data = form.cleaned_data
    newcomer = newcomer_of(
        data, born_on=data["born_on"], relation=int(data["relation"])
    )
    return record_move_in(
        act=act_of(form), family=form.subject.family, newcomer=newcomer
    )


def _move(form: forms.MoveForm) -> object:
    data = form.cleaned_data
    card = Card(data["card"])
    joins = card is Card.JOIN
    to = Destination(
        card=card,
        region_code="" if joins else form.code(),
        kk="" if joins else data["kk"],
        into=card_with_number(data["kk"]) if joins else None,
        relation=form.picked("relation") if joins else None,
        new_head=form.picked("new_head"),
    )
    return record_move(
        act=act_of(form),
        people=form.people,
        to=to,
        head_of_rest=form.picked("head_of_rest"),
    )


def _move_out(form: forms.MoveOutForm) -> object:
    rest = form.picked("head_of_rest")
    return record_move_out(act=act_of(form), people=form.people, head_of_rest=rest)


def _return(form: forms.ReturnForm) -> object:
    head = form.picked("new_head")
    return record_return(act=act_of(form), people=form.people, new_head=head)


def _split(form: forms.SplitForm) -> object:
    return split_card(
        act=act_of(form),
        people=form.people,
        kk=form.cleaned_data["kk"],
        new_head=form.picked("new_head"),
        head_of_rest=form.picked("head_of_rest"),
    )


def _merge(form: forms.MergeForm) -> object:
    into = card_with_number(form.cleaned_data["kk"])
    if into is None:
        raise CannotRecord([Bar.CARD_UNKNOWN])
    if own_card_with_number(form.subject.actor, form.cleaned_data["kk"]) is None:
        raise CannotRecord([Bar.CARD_ELSEWHERE])
    return merge_cards(
        act=act_of(form),
        people=form.people,
        into=into,
        relation=form.picked("relation"),
        head_of_rest=form.picked("head_of_rest"),
    )


def _head(form: forms.HeadForm) -> object:
    picked = form.picked("new_head")
    chosen = next(one for one in form.subject.members if one.pk == picked)
    return change_head(act=act_of(form), family=form.subject.family, new_head=chosen)


def _new_card(form: forms.NewCardForm) -> object:
    kk = form.cleaned_data["kk"]
    return renumber_card(act=act_of(form), family=form.subject.family, kk=kk)


def _person(form: AboutForm) -> Person:
    if form.subject.person is None:
        raise RuntimeError("this event is about one person")
    return form.subject.person


def _spouse(form: forms.SpouseForm) -> Person | None:
    nik = form.cleaned_data["spouse"]
    if not nik:
        return None
    found = find_by_nik(form.subject.actor, nik, purpose="resident.life_event")
    if found is None:
        raise CannotRecord([Bar.SPOUSE_ELSEWHERE])
    return found


def _status(*wanted: str) -> Callable[[Subject], bool]:
    return lambda about: about.person is not None and about.person.status in wanted


def _some(status: str) -> Callable[[Subject], bool]:
    return lambda about: bool(about.of(status))


def _several(about: Subject) -> bool:
    return len(about.of("living")) > 1


def _married(about: Subject) -> bool:
    one = about.person
    return one is not None and one.status == "living" and one.marital_status == MARRIED


def _unmarried(about: Subject) -> bool:
    one = about.person
    return one is not None and one.status == "living" and one.marital_status != MARRIED


def _follower(about: Subject) -> bool:
    return any(one.relation != HEAD for one in about.of("living"))


OF_PERSON: dict[str, Deed] = {
    Kind.DEATH: Deed(
        _("Death"),
        _("Aid and work that wait for this person stop."),
        forms.DeathForm,
        _death,
        _status("living", "missing"),
    ),
    Kind.MARRIAGE: Deed(
        _("Marriage"),
        _("Family cards are changed afterwards, by a move or a split."),
        forms.SpouseForm,
        _marriage,
        _unmarried,
    ),
    Kind.DIVORCE: Deed(
        _("Divorce"),
        _("Family cards are changed afterwards, by a move or a split."),
        forms.SpouseForm,
        _divorce,
        _married,
    ),
    Kind.MISSING: Deed(
        _("Missing"),
        _("Nobody knows where this person is."),
        forms.DayForm,
        _missing,
        _status("living"),
    ),
    Kind.FOUND: Deed(
        _("Found again"),
        _("The missing person is at home again."),
        forms.DayForm,
        _found,
        _status("missing"),
    ),
}
OF_FAMILY: dict[str, Deed] = {
    Kind.BIRTH: Deed(
        _("Birth"),
        _("A child was born into this family."),
        forms.BirthForm,
        _birth,
        _some("living"),
    ),
    Kind.MOVE_IN: Deed(
        _("Moved in from outside"),
        _("Somebody from outside the regency now lives with this family."),
        forms.MoveInForm,
        _move_in,
        lambda about: True,
    ),
    Kind.MOVE: Deed(
        _("Move within the regency"),
        _("To another RT or village: all of the family, or some."),
        forms.MoveForm,
        _move,
        _some("living"),
    ),
    Kind.MOVE_OUT: Deed(
        _("Move out of the regency"),
        _("They keep their place on the card, in case they come back."),
        forms.MoveOutForm,
        _move_out,
        _some("living"),
    ),
    Kind.RETURN: Deed(
        _("Return"),
        _("Somebody who had left the regency lives here again."),
        forms.ReturnForm,
        _return,
        _some("moved"),
    ),
    Kind.SPLIT: Deed(
        _("A card of their own"),
        _("Some members get a new card at the same place."),
        forms.SplitForm,
        _split,
        _several,
    ),
    Kind.MERGE: Deed(
        _("Join another card"),
        _("Members join the card of another family of the village."),
        forms.MergeForm,
        _merge,
        _some("living"),
    ),
    Kind.HEAD_CHANGE: Deed(
        _("New head of the family"),
        _("Somebody else leads the family."),
        forms.HeadForm,
        _head,
        _follower,
    ),
    Kind.NEW_CARD: Deed(
        _("New card number"),
        _("The card was issued anew with another number."),
        forms.NewCardForm,
        _new_card,
        _some("living"),
    ),
}
