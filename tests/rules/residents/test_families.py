"""Who is what to the new head of a family card."""

import pytest

from smartkampung.residents.rules.families import (
    Member,
    bars_to_leave,
    relation_after,
    relations_under,
)
from smartkampung.residents.rules.life import Bar

HEAD, HUSBAND, WIFE, CHILD, CHILD_IN_LAW = 1, 2, 3, 4, 5
GRANDCHILD, PARENT, PARENT_IN_LAW, RELATIVE, HELPER = 6, 7, 8, 9, 10


@pytest.mark.parametrize(
    ("leads", "member", "sex", "after"),
    [
        pytest.param(WIFE, HEAD, "L", HUSBAND, id="the old head is the wife's husband"),
        pytest.param(HUSBAND, HEAD, "P", WIFE, id="or the husband's wife"),
        pytest.param(WIFE, CHILD, "L", CHILD, id="children stay children"),
        pytest.param(WIFE, GRANDCHILD, "L", GRANDCHILD, id="and grandchildren"),
        pytest.param(WIFE, PARENT, "P", PARENT_IN_LAW, id="his mother is her in-law"),
        pytest.param(WIFE, PARENT_IN_LAW, "P", PARENT, id="her mother is her mother"),
        pytest.param(WIFE, WIFE, "P", RELATIVE, id="a second wife is not known"),
        pytest.param(CHILD, HEAD, "L", PARENT, id="a child leads its father"),
        pytest.param(CHILD, WIFE, "P", PARENT, id="and its mother"),
        pytest.param(CHILD, CHILD, "L", RELATIVE, id="its brother is a relative"),
        pytest.param(CHILD, CHILD_IN_LAW, "P", RELATIVE, id="whose wife is she?"),
        pytest.param(PARENT, HEAD, "L", CHILD, id="a mother leads her son"),
        pytest.param(PARENT, WIFE, "P", CHILD_IN_LAW, id="and his wife"),
        pytest.param(PARENT, CHILD, "P", GRANDCHILD, id="and his children"),
        pytest.param(PARENT, PARENT, "L", HUSBAND, id="and his father"),
        pytest.param(RELATIVE, HEAD, "L", RELATIVE, id="a relative leads relatives"),
        pytest.param(None, CHILD, "L", RELATIVE, id="nobody knows what the head was"),
        pytest.param(CHILD, HELPER, "P", HELPER, id="a helper stays a helper"),
        pytest.param(CHILD, None, "P", None, id="what is not known stays so"),
        pytest.param(HEAD, CHILD, "P", CHILD, id="the head stays the head"),
    ],
)
def test_relation_after(
    leads: int | None, member: int | None, sex: str, after: int | None
) -> None:
    assert relation_after(leads, member, sex) == after


FATHER, MOTHER = Member(1, HEAD, "L"), Member(2, WIFE, "P")
SON = Member(3, CHILD, "L")


def test_relations_under_a_new_head() -> None:
    found = relations_under([FATHER, MOTHER, SON], 2, among={1, 2, 3})
    assert found == {1: HUSBAND, 2: HEAD, 3: CHILD}
    assert relations_under([FATHER, MOTHER, SON], 2, among={2, 3}) == {2: HEAD, 3: 4}
    assert relations_under([SON], 9, among={3}) == {3: RELATIVE}


@pytest.mark.parametrize(
    ("members", "leaving", "new_head", "bars"),
    [
        pytest.param([FATHER, SON], {3}, None, [], id="the head stays"),
        pytest.param([FATHER, SON], {1}, None, [Bar.HEAD_NEEDED], id="nobody leads"),
        pytest.param([FATHER, SON], {1}, 1, [Bar.HEAD_NEEDED], id="the leaver leads"),
        pytest.param([FATHER, SON], {1}, 3, [], id="the son leads"),
        pytest.param([FATHER, SON], {1, 3}, None, [], id="all go"),
        pytest.param([MOTHER, SON], {2}, None, [], id="there was no head before"),
    ],
)
def test_bars_to_leave(
    members: list[Member], leaving: set[int], new_head: int | None, bars: list[Bar]
) -> None:
    assert bars_to_leave(members, leaving, new_head=new_head) == bars
