"""What of a record is compared, and how a number is veiled."""

from datetime import date

from smartkampung.duplicates.rules.traits import Facts, Veil, traits_of


def test_a_record_is_compared_in_folded_words() -> None:
    made = traits_of(
        Facts(
            7,
            "ahmad fauzi",
            "L",
            date(1985, 12, 4),
            "35.10.09.2003.002.007",
            family="9",
            birth_place=" Lereng ",
            mother_name="Hj. Siti Aminah",
        )
    )
    assert (made.name_key, made.name_head) == ("ahmadfauzi", "ahm")
    assert (made.name_end_short, made.name_start_short) == ("ahmad f", "a fauzi")
    assert (made.born, made.born_key) == ("19851204", "19850412")
    assert (made.mother, made.mother_first, made.father) == ("siti aminah", "siti", "")
    assert (made.village, made.kecamatan) == ("35.10.09.2003", "35.10.09")
    assert made.birth_place == "lereng"


def test_the_order_of_names_does_not_matter_to_the_key() -> None:
    one, other = (
        traits_of(Facts(1, name, "P", None, "35.10.09.2003"))
        for name in ("sri wahyuni", "wahyuni sri")
    )
    assert one.name_key == other.name_key
    assert (one.born, one.born_key) == ("", "")


def test_nothing_is_known_of_a_nameless_record() -> None:
    made = traits_of(Facts(1, "", "L", None, "35.10.09.2003"))
    assert {made.name_key, made.name_first, made.name_end_short} == {""}


def test_a_veil_keeps_equality_and_the_places_of_differences() -> None:
    veil = Veil()
    plain, near = "3510091204850003", "3510091204850008"
    one, other = veil.hide(plain), veil.hide(near)
    assert veil.hide(plain) == one
    assert one != plain
    assert [a == b for a, b in zip(one, other, strict=True)] == [True] * 15 + [False]


def test_two_veils_do_not_know_each_other() -> None:
    assert Veil().hide("3510091204850003") != Veil().hide("3510091204850003")
