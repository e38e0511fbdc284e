"""Tries around a list: propose, verify, sign, approve, release, suspend, replace."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from smartkampung.aid.cycles.actions import judge, propose, recipients
from smartkampung.aid.cycles.actions.approve import approve_list, release
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.aid.models import Proposal, VillageList
from tests import cases, rounds
from tests.aid_machine.machine import (
    BAMBANG,
    ENDANG,
    HEAD,
    MADE,
    NTH,
    SARI,
    USUALLY,
    Tries,
    both,
    mostly,
    nth,
    rarely,
    when,
)

ON_THE_LIST = (0, 2, 3, 5)  # one of each family, and nobody who died


class Cycles(Tries):
    """Anybody tries anything with the list of the village."""

    @property
    def village(self) -> VillageList:
        """Return the list as it is now."""
        return rounds.fresh(self.world.village)

    @precondition(when("meeting", "none"))
    @rule(by=mostly(SARI))
    def somebody_writes_minutes(self, by: int) -> None:
        """The village meets."""
        told: dict[str, Any] = {
            "form_id": uuid.UUID(int=self.tries + 1),
            "number": "141/12/2026",
            "held_on": date(2026, 3, 2),
            "attendance": 31,
            "minutes_id": cases.a_photo(),
        }
        self.attempt(
            "meet",
            propose.record_meeting,
            village=self.village,
            by=self.who(by),
            **told,
        )

    @precondition(both(rarely(2), when("list", "proposing")))
    @rule(person=NTH, by=mostly(SARI))
    def somebody_proposes(self, person: int, by: int) -> None:
        """Somebody is put on the list."""
        who = self.world.people[person]
        told = {"village": self.village, "person": who, "by": self.who(by)}
        self.attempt("propose", propose.propose, **told)

    @precondition(rarely(6))
    @rule(
        step=st.sampled_from([propose.send_list, judge.decide_list, approve_list]),
        by=mostly(SARI, HEAD, ENDANG, BAMBANG),
    )
    def somebody_moves_the_list(self, step: Callable[..., object], by: int) -> None:
        """The list is sent, signed or approved; mostly at the wrong moment."""
        told = {"village": self.village, "by": self.who(by)}
        self.attempt(step.__name__, step, **told)

    @precondition(lambda self: rarely(4)(self) or not when("list", "approved")(self))
    @rule()
    def the_list_moves_on(self) -> None:
        """For once, who should act does what should be done."""
        village = self.village
        proposed = village.proposals.count()
        if village.meeting_id is None:
            self.somebody_writes_minutes(by=SARI)
        elif village.state == "proposing" and proposed < len(ON_THE_LIST):
            self.somebody_proposes(person=ON_THE_LIST[proposed], by=SARI)
        elif village.state == "proposing":
            self.somebody_moves_the_list(step=propose.send_list, by=SARI)
        elif village.state == "verifying":
            self.somebody_verifies(unfit=set(), by=MADE)
        elif village.state == "deciding":
            self.somebody_moves_the_list(step=judge.decide_list, by=HEAD)
        elif village.state == "approving":
            self.somebody_moves_the_list(step=approve_list, by=ENDANG)
        else:
            self.somebody_releases(tranche=self.tries % 2, by=ENDANG)

    @precondition(when("list", "verifying"))
    @rule(unfit=st.sets(NTH, max_size=1), by=mostly(MADE))
    def somebody_verifies(self, unfit: set[int], by: int) -> None:
        """The visits are written down."""
        everybody = rounds.ids(self.village)
        no = {each for place, each in enumerate(everybody) if place in unfit}
        told = {"fit": set(everybody) - no, "unfit": no, "why": Why.NOT_POOR}
        self.attempt(
            "verify", judge.verify, village=self.village, by=self.who(by), **told
        )

    @precondition(rarely(7))
    @rule(by=mostly(HEAD, ENDANG), says_why=USUALLY)
    def somebody_sends_it_back(self, by: int, says_why: bool) -> None:
        """The list goes back to the village."""
        told = {"village": self.village, "why": "Lihat lagi." if says_why else ""}
        self.attempt("send back", judge.return_list, by=self.who(by), **told)

    @precondition(when("list", "approved"))
    @rule(tranche=st.integers(0, 1), by=mostly(ENDANG))
    def somebody_releases(self, tranche: int, by: int) -> None:
        """A tranche is released, also twice."""
        row = self.world.tranches[tranche]
        told = {"tranche": row, "village": self.village, "by": self.who(by)}
        self.attempt("release", release, **told)

    @precondition(when("proposal", "enrolled", "suspended"))
    @rule(
        proposal=NTH,
        act=st.sampled_from([recipients.suspend, recipients.resume, recipients.stop]),
        by=mostly(ENDANG),
    )
    def somebody_changes_a_recipient(
        self, proposal: int, act: Callable[..., object], by: int
    ) -> None:
        """A recipient is held, let go on, or stopped."""
        state = "suspended" if act is recipients.resume else "enrolled"
        row = nth(Proposal, proposal, state=state)
        told: dict[str, Any] = {"proposal": row, "text": "Dicek.", "by": self.who(by)}
        if act is not recipients.resume:
            told["why"] = Why.WRONG_DATA
        if act is recipients.suspend:
            told["by"] = self.who(by).username
        self.attempt(act.__name__, act, **told)

    @precondition(when("proposal", "waiting"))
    @rule(by=mostly(ENDANG))
    def somebody_gives_the_place_on(self, by: int) -> None:
        """A free place goes to who waits."""
        told = {"village": self.village, "by": self.who(by)}
        self.attempt("replace", recipients.replace_next, **told)
