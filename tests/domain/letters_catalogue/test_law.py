"""What a village cannot take from a letter alone, whoever of it confirms."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from smartkampung.accounts.actor import Actor
from smartkampung.letters.catalogue import actions, queries
from smartkampung.letters.catalogue.models import WordingVersion
from smartkampung.letters.catalogue.rules.kinds import Step
from smartkampung.letters.catalogue.rules.reading import data_of
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.shipped import shipped
from smartkampung.worklist.models import WorkItem
from tests.cast import HERE, KECAMATAN, REGENCY
from tests.domain.letters_catalogue.test_versions import (
    AT,
    CAMAT,
    HEAD,
    REGENT,
    SARI,
    TODAY,
    confirmed,
    row_of,
)

pytestmark = pytest.mark.django_db
SECOND_REGENT = Actor(6, "ipuk2", REGENT.posts)
SHORT = ["check", "sign"]


def written(
    kind: str, by: Actor = SARI, where: str = HERE, days: int = 0, **changes: Any
) -> Wording:
    return actions.write_wording(
        body=data_of(shipped()[kind].kind) | changes,
        region_code=where,
        holds_from=TODAY + timedelta(days=days),
        note="Sesuai Perdes",
        by=by,
        at=AT,
    )


def steps_here(kind: str) -> list[str]:
    held = queries.wording_for(kind, HERE, TODAY)
    assert held
    return list(held.kind.steps)


def test_the_village_does_not_drop_the_kecamatan_from_a_letter_of_heirs() -> None:
    with override("en"), pytest.raises(actions.BadWording, match="fewer steps"):
        written("heirs", steps=SHORT)
    with override("en"), pytest.raises(actions.BadWording, match="fewer papers"):
        written("heirs", requirement=[])
    assert Step.COSIGN in steps_here("heirs")


def test_new_words_of_what_is_law_are_confirmed_by_the_kecamatan() -> None:
    one = written("land", body={"id": "{subject.name} pemilik sah."}, ask=[])
    assert queries.place_to_confirm(row_of(one)) == KECAMATAN
    assert [str(x) for x in queries.less_than_above(row_of(one))] == ["questions"]


@pytest.fixture
def reworded() -> Wording:
    return written("heirs", about={"id": "Waris.", "en": "Heirs."})


def test_the_head_next_door_to_the_writer_is_not_enough(reworded: Wording) -> None:
    with pytest.raises(actions.CannotConfirmWording):
        confirmed(reworded, by=HEAD)
    work = WorkItem.objects.get(kind=actions.CONFIRM)
    assert work.region_code == KECAMATAN, "it lies on the list of the kecamatan"
    assert confirmed(reworded, by=CAMAT).kind.legal


def test_a_step_less_of_another_letter_is_confirmed_one_level_up() -> None:
    one = written("sktm", steps=SHORT)
    assert [str(x) for x in queries.less_than_above(row_of(one))] == ["steps"]
    with pytest.raises(actions.CannotConfirmWording):
        confirmed(one, by=HEAD)
    confirmed(one, by=CAMAT)
    assert steps_here("sktm") == SHORT
    more = written("sktm", steps=[*SHORT, "review"])
    assert queries.place_to_confirm(row_of(more)) == KECAMATAN, "still less than above"


def test_a_letter_of_ones_own_is_confirmed_one_level_up() -> None:
    one = written("heirs", code="ahli_waris", steps=SHORT)
    with pytest.raises(actions.CannotConfirmWording):
        confirmed(one, by=HEAD)
    assert not queries.less_than_above(row_of(one)), "nothing holds above it"


def test_what_the_regency_asks_for_since_holds_below() -> None:
    own = confirmed(written("land", valid_days=30))
    assert steps_here("land") == ["confirm", "check", "review", "sign"]
    more = [step.value for step in Step]
    confirmed(written("land", by=REGENT, where=REGENCY, steps=more), by=SECOND_REGENT)
    held = queries.wording_for("land", HERE, TODAY)
    assert held
    assert (list(held.kind.steps), held.kind.valid_days) == (more, 30)
    assert held.digest != own.digest, "requests under way notice"


def test_a_regency_takes_from_what_ships_with_a_second_person() -> None:
    less = written("heirs", by=REGENT, where=REGENCY, steps=["check", "sign"])
    confirmed(less, by=SECOND_REGENT)
    assert steps_here("heirs") == ["check", "sign"]
    assert confirmed(written("heirs", steps=["check", "sign"])).kind.legal


def test_what_became_law_meanwhile_is_not_confirmed_any_more() -> None:
    one = written("heirs", days=1, valid_days=0, steps=[s.value for s in Step])
    more = [step.value for step in Step]
    paper = {
        "code": "witness",
        "words": {"id": "KTP saksi", "en": "Cards of witnesses"},
        "upload": True,
        "required": True,
    }
    kept = data_of(shipped()["heirs"].kind)["requirement"]
    confirmed(
        written(
            "heirs", by=REGENT, where=REGENCY, steps=more, requirement=[*kept, paper]
        ),
        by=SECOND_REGENT,
    )
    with override("en"), pytest.raises(actions.BadWording, match="fewer papers"):
        confirmed(one)


@pytest.mark.parametrize("place", [HERE, REGENCY])
def test_a_wording_of_before_the_bounds_certifies_no_heirs_of_the_living(
    place: str,
) -> None:
    body = data_of(shipped()["heirs"].kind)
    body["who"].pop("on_record")
    body["ask"] = [
        {key: one[key] for key in one if key not in ("when", "after", "unless")}
        for one in body["ask"]
    ]
    row = WordingVersion.objects.create(
        kind="heirs",
        region_code=place,
        number=1,
        body=body,
        digest="before",
        note="Koma",
        holds_from=TODAY,
        written_by="sari",
        written_at=AT,
        confirmed_by="endang",
        confirmed_at=AT,
    )
    held = queries.wording_for("heirs", HERE, TODAY)
    assert held
    assert (held.version_id, held.kind) == (row.pk, shipped()["heirs"].kind)
    assert held.digest != "before", "what was checked before goes back to the check"
