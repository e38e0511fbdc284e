"""The conflict matrix, applied to what a family receives. No database."""

from datetime import date

import pytest

from smartkampung.aid.rules.conflicts import Aid, Effect, Rule, find

SINCE = date(2020, 4, 1)
PKH_BST = Rule("bst", "pkh", Effect.BLOCK, "", "Kepmensos 54/HUK/2020")
BPNT_PKH = Rule("bpnt", "pkh", Effect.ALLOW, "", "PKH families also receive BPNT")
PREGNANCY = Rule("apbd_nutrition", "pkh", Effect.BLOCK, "pregnancy", "Regency rule")
WARNED = Rule("bpnt", "bst", Effect.WARN, "", "No rule found")
RULES = [PKH_BST, BPNT_PKH, PREGNANCY, WARNED]


def aid(programme: str, *, person: int | None = None, component: str = "") -> Aid:
    """Return a line on a programme's list."""
    return Aid(1, programme, programme, SINCE, None, None, person, component, "test")


def effects(
    asked: str, *received: Aid, rules: list[Rule] = RULES, person: int | None = None
) -> list[Effect]:
    """Return the effects of what is received on what is asked."""
    lights = find(
        received=received,
        rules=rules,
        programme=asked,
        programme_name=asked,
        for_person=person,
    )
    return [light.effect for light in lights]


@pytest.mark.parametrize(
    ("asked", "received", "expected"),
    [
        ("bst", "pkh", [Effect.BLOCK]),
        ("pkh", "bst", [Effect.BLOCK]),
        ("bpnt", "pkh", []),
        ("bst", "bpnt", [Effect.WARN]),
        ("bst", "prakerja", []),
        ("bst", "bst", [Effect.BLOCK]),
    ],
    ids=[
        "pkh excludes bst",
        "whichever came first",
        "pkh and bpnt go together",
        "no rule found means look closely",
        "no cell means allowed",
        "the same programme twice is never allowed",
    ],
)
def test_a_pair(asked: str, received: str, expected: list[Effect]) -> None:
    assert effects(asked, aid(received)) == expected


def test_a_rule_about_a_component_leaves_other_components_alone() -> None:
    assert effects("apbd_nutrition", aid("pkh", component="pregnancy")) == [
        Effect.BLOCK
    ]
    assert effects("apbd_nutrition", aid("pkh", component="school")) == []


def test_the_rule_closest_to_the_case_wins() -> None:
    general = Rule("apbd_nutrition", "pkh", Effect.WARN, "", "")
    rules = [general, PREGNANCY]
    pregnant = aid("pkh", component="pregnancy")
    assert effects("apbd_nutrition", pregnant, rules=rules) == [Effect.BLOCK]
    assert effects("apbd_nutrition", aid("pkh"), rules=rules) == [Effect.WARN]


def test_aid_on_another_members_name_does_not_stop_aid_for_a_person() -> None:
    sisters = aid("apbd_nutrition", person=7)
    assert effects("apbd_nutrition", sisters, person=8) == []
    assert effects("apbd_nutrition", sisters, person=7) == [Effect.BLOCK]


def test_aid_of_the_whole_family_stops_aid_for_a_person() -> None:
    pregnant = aid("pkh", component="pregnancy")
    assert effects("apbd_nutrition", pregnant, person=8) == [Effect.BLOCK]


def test_blocks_come_before_warnings() -> None:
    assert effects("bst", aid("bpnt"), aid("pkh")) == [Effect.BLOCK, Effect.WARN]


def test_a_light_carries_the_record_and_the_rule_behind_it() -> None:
    received = aid("pkh")
    (light,) = find(
        received=[received],
        rules=RULES,
        programme="bst",
        programme_name="BST",
        for_person=None,
    )
    assert (light.aid, light.source, light.blocks) == (received, PKH_BST.source, True)
