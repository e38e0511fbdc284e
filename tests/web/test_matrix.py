"""Every address x every role x inside and outside x every method: nothing leaks."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any, cast

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from smartkampung.accounts.actions.tokens import issue_token
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Session
from smartkampung.accounts.roles import Permission, Role
from smartkampung.api import access
from smartkampung.kernel import rls
from smartkampung.kernel.clock import now
from smartkampung.regions.models import HealthCentre, Region, ServedVillage
from smartkampung.web import pages
from tests.cast import FAR_AWAY, PUSKESMAS, places, sign_in, staff
from tests.web.asking import (
    GATEWAY,
    METHODS,
    OPEN,
    WALKED,
    Wrong,
    afresh,
    asking,
    methods_of,
    mistaken_asking,
    parts,
    refused_asking,
    sample_of,
    serving,
)
from tests.web.posts import OTHER_PUSKESMAS, OTHER_REGENCY, POSTS
from tests.web.samples import SAMPLES, Address
from tests.web.scene import set_scene

PASSWORD, SECRET = "kopi-pagi-di-kaki-ijen", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Residents come by a door of their own; no office opens it.
RESIDENT, RESIDENTS_DOOR = "resident", "/my-data/"
# So do phones of the field app: by a token of their own, that no program's token is.
DEVICE = "device"
A_DAY = 86_400
SERVED = {200, 302, 400, 409, 413, 422, 429, 503}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    to: str
    body: str


class Plain(Client):
    """A client that remembers nothing of an answer: no cookies, no templates.

    What Django's own keeps beside the answer costs as much as some answers do.
    """

    def request(self, **request: Any) -> Any:
        """Ask; an error of ours is an answer of 500, as a browser would see it."""
        environ = cast(Any, self)._base_environ(**request)
        answer: HttpResponseBase = self.handler(environ)
        return answer


@dataclass(frozen=True)
class Officer:
    """Somebody signed in with a browser, and a program with their token."""

    browser: Client
    program: Client


@dataclass
class World:
    """Two officers for each role, one here and one elsewhere, and all samples."""

    here: dict[Role, Officer] = field(default_factory=dict)
    elsewhere: dict[Role, Officer] = field(default_factory=dict)
    arguments: dict[str, dict[str, Any]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    def send(self, who: Officer | None, method: str, address: Address) -> Answer:
        """Ask as an officer or as nobody, and undo whatever it did."""
        with undone():
            return self.ask(who, method, address)

    def ask(self, who: Officer | None, method: str, address: Address) -> Answer:
        """Ask; whoever calls undoes what it may have done."""
        client: Client = Plain()
        if who is not None:
            client = who.program if address.is_api else who.browser
        url = reverse(address.name, kwargs=self.arguments[address.name])
        answer = client.generic(method, url)
        streams = getattr(answer, "streaming", False)
        body = answer.getvalue() if streams else answer.content
        to = answer.headers.get("Location", "")
        return Answer(answer.status_code, to, body.decode(errors="replace"))


@contextmanager
def undone() -> Iterator[None]:
    """Leave nothing of what happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    # Twenty thousand lines that a request was refused would tell nobody anything.
    logging.disable(logging.WARNING)
    with (
        django_db_blocker.unblock(),
        undone(),
        pytest.MonkeyPatch.context() as patch,
    ):
        # On a slow machine nobody is asked for a password again in between.
        patch.setattr(settings, "ACCOUNT_REAUTHENTICATION_TIMEOUT", A_DAY)
        yield make_world()
    logging.disable(logging.NOTSET)


def make_world() -> World:
    made = World()
    places()
    Region.objects.create(
        code=OTHER_REGENCY, name="Raung", kind="regency", parent_id="35"
    )
    HealthCentre.objects.create(
        code=OTHER_PUSKESMAS, name="Pesisir", village_id=FAR_AWAY
    )
    ServedVillage.objects.create(centre_id=OTHER_PUSKESMAS, village_id=FAR_AWAY)
    for role, (here, elsewhere) in POSTS.items():
        made.here[role] = officer(f"in-{role}", role, here)
        made.elsewhere[role] = officer(f"out-{role}", role, elsewhere)
    scene = set_scene()
    for address in WALKED:
        sample = sample_of(address)
        made.arguments[address.name] = sample.make(scene)
        made.words.update(sample.words)
    # Everybody was seen just now, however long this takes: no request writes it down.
    for_long = now() + timedelta(hours=12)
    Session.objects.update(last_seen_at=for_long, expires_at=for_long)
    # Otherwise every test checks the whole scene again when it ends, and takes that back.
    connection.check_constraints()
    return made


def officer(name: str, role: Role, place: str) -> Officer:
    where = (
        {"centre": place}
        if place in {PUSKESMAS, OTHER_PUSKESMAS}
        else {"region": place}
    )
    account = staff(name, role, password=PASSWORD, **where)
    TOTP.activate(account, SECRET)
    RecoveryCodes.activate(account)
    token = issue_token(
        assignment=account.assignments.get(),
        name="matrix",
        lives=timedelta(days=1),
        by=name,
        at=now(),
    )
    program = Plain(headers={"authorization": f"Bearer {token}"})
    return Officer(sign_in(Plain(), account), program)


@pytest.fixture
def wrong() -> Iterator[Wrong]:
    """Give a list that has to be empty in the end."""
    found = Wrong()
    yield found
    assert not found, "\n".join(found)


asked = pytest.mark.django_db


def test_every_address_says_for_whom_it_is() -> None:
    known = OPEN | {"own_account", RESIDENT, DEVICE} | set(Permission)
    nameless = [address.route for address in WALKED if not address.name]
    assert nameless == [], "give the address a name"
    for_whom = {address.route: address.permission for address in WALKED}
    undeclared = [route for route, said in for_whom.items() if said not in known]
    assert undeclared == [], "declare the view in web/pages.py"


def test_every_address_has_sample_arguments() -> None:
    takers = {address.name for address in WALKED if address.takes_arguments}
    assert takers - set(SAMPLES) == set(), "add it to tests/web/samples.py"


def test_no_sample_is_left_over() -> None:
    assert set(SAMPLES) <= {address.name for address in WALKED}


@asked
@parts()
def test_who_is_not_signed_in_is_sent_to_the_door(
    world: World, part: list[Address], wrong: Wrong
) -> None:
    for address in afresh(part):
        for method in METHODS:
            answer = world.send(None, method, address)
            with wrong.at(address, method):
                assert_at_the_door(address, method, answer)
                assert_silent(world, answer)


def assert_at_the_door(address: Address, method: str, answer: Answer) -> None:
    if method not in methods_of(address):
        assert answer.status == 405
    elif address.permission in OPEN:
        assert_served(address, answer)
    elif address.permission == RESIDENT:
        assert (answer.status, answer.to) == (302, RESIDENTS_DOOR)
    elif address.is_api:
        assert answer.status == 401
    else:
        assert answer.status == 302
        assert answer.to.startswith("/accounts/login/")


@asked
@parts(lambda a: a.is_api and a.permission not in OPEN)
def test_a_browser_session_does_not_open_the_api(
    world: World, part: list[Address], wrong: Wrong
) -> None:
    browser = world.here[Role.VILLAGE_OFFICER].browser
    for address in afresh(part):
        url = reverse(address.name, kwargs=world.arguments[address.name])
        with wrong.at(address):
            assert browser.generic(address.methods[0], url).status_code == 401


@asked
@parts(lambda a: a.permission not in OPEN | {RESIDENT, DEVICE})
def test_a_role_without_the_permission_is_refused(
    world: World, part: list[Address], wrong: Wrong
) -> None:
    # What is refused does nothing, so there is one thing to undo and not a hundred.
    for address in afresh(part):
        with undone():
            for role, method, at_home in refused_asking(address):
                officers = world.here if at_home else world.elsewhere
                answer = world.ask(officers[role], method, address)
                with wrong.at(address, role, method, at_home):
                    assert answer.status == 403
                    assert_silent(world, answer)


@asked
@parts()
def test_a_method_that_it_does_not_take_is_refused_whoever_asks(
    world: World, part: list[Address], wrong: Wrong
) -> None:
    """The method is looked at before the reader: one of each sort stands for all."""
    for address in afresh(part):
        with undone():
            for role, method in mistaken_asking(address):
                answer = world.ask(world.here[role], method, address)
                with wrong.at(address, role, method):
                    assert answer.status == 405
                    assert_silent(world, answer)


@asked
@parts(lambda a: a.permission == DEVICE)
def test_no_office_and_no_program_opens_the_door_of_phones(
    world: World, part: list[Address], wrong: Wrong
) -> None:
    for address in afresh(part):
        for role, method in product(Role, address.methods):
            answer = world.send(world.here[role], method, address)
            with wrong.at(address, role, method):
                assert answer.status == 401


@asked
@parts(lambda a: a.permission == RESIDENT)
def test_no_office_opens_the_door_of_residents(
    world: World, part: list[Address], wrong: Wrong
) -> None:
    for address in afresh(part):
        for role, method in product(Role, address.methods):
            answer = world.send(world.here[role], method, address)
            with wrong.at(address, role, method):
                assert (answer.status, answer.to) == (302, RESIDENTS_DOOR)
                assert_silent(world, answer)


@asked
@parts()
def test_a_role_with_the_permission_is_served_here(
    world: World, part: list[Address], wrong: Wrong
) -> None:
    for address in afresh(part):
        for role, method in asking(address, methods_of(address)):
            answer = world.send(world.here[role], method, address)
            with wrong.at(address, role, method):
                assert_served(address, answer)


@asked
@parts()
def test_a_role_with_the_permission_sees_nothing_from_elsewhere(
    world: World, part: list[Address], wrong: Wrong
) -> None:
    for address in afresh(part):
        for role, method in asking(address, address.methods):
            answer = world.send(world.elsewhere[role], method, address)
            with wrong.at(address, role, method):
                if sample_of(address).bound:
                    assert answer.status == 404
                else:
                    assert_served(address, answer)
                assert_silent(world, answer)


def assert_served(address: Address, answer: Answer) -> None:
    missing = {404} if sample_of(address).may_be_missing else set()
    missing |= {401} if address.permission == GATEWAY else set()
    assert answer.status in SERVED | missing
    if answer.status == 302 and address.permission not in OPEN:
        assert not answer.to.startswith("/accounts/login/")


def assert_silent(world: World, answer: Answer) -> None:
    leaked = [word for word in world.words if word in answer.body]
    assert leaked == []


@asked
@parts(lambda a: sample_of(a).rls)
class TestWithTheFilterOfTheQueryTakenOut:
    """A query that forgot its filter still returns nothing: row-level security."""

    def test_nothing_comes_from_elsewhere(
        self,
        world: World,
        part: list[Address],
        wrong: Wrong,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        for address in afresh(part):
            for role, method in product(serving(address), address.methods):
                self.unfilter(monkeypatch, scope=villages_of(role))
                answer = world.send(world.elsewhere[role], method, address)
                with wrong.at(address, role, method):
                    assert answer.status == 404
                    assert_silent(world, answer)

    def test_and_it_was_row_level_security_that_held(
        self,
        world: World,
        part: list[Address],
        wrong: Wrong,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        self.unfilter(monkeypatch, scope=("35",))
        for address in afresh(part):
            role = serving(address)[0]
            answer = world.send(world.elsewhere[role], address.methods[0], address)
            with wrong.at(address, role):
                assert answer.status in SERVED

    def unfilter(
        self, monkeypatch: pytest.MonkeyPatch, *, scope: tuple[str, ...]
    ) -> None:
        """Let queries look everywhere while the transaction acts for ``scope``."""
        monkeypatch.setattr(Actor, "regions_where", lambda *_: ("35",))

        def act_as(kind: rls.Kind, **options: Any) -> None:
            rls.act_as(kind, **{**options, "scope": scope, "health": scope})

        monkeypatch.setattr(pages, "act_as", act_as)
        monkeypatch.setattr(access, "act_as", act_as)


def villages_of(role: Role) -> tuple[str, ...]:
    elsewhere = POSTS[role][1]
    return (FAR_AWAY,) if elsewhere == OTHER_PUSKESMAS else (elsewhere,)
