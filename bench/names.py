"""What officers of a town type, and where; imported once Django is set up."""

import random
from collections.abc import Callable
from string import ascii_lowercase

from django.db import connection, transaction

from smartkampung.accounts.actor import Actor, Post
from smartkampung.accounts.roles import Role
from smartkampung.residents.models import Person
from smartkampung.residents.queries import Wanted, note_looks, search

# A regency, a kecamatan, a village and an RT of it, all of the largest kind.
_LARGEST = """
    SELECT substr(region_code, 1, %s) AS code FROM residents_person
    GROUP BY code ORDER BY count(*) DESC LIMIT 1
"""
LENGTHS = {"regency": 5, "kecamatan": 8, "village": 13, "rt": 21}
PAGE = 20


def commonest(count: int) -> list[str]:
    """Return the words that most people have in their names."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM residents_person,"
            " unnest(string_to_array(name_folded, ' ')) AS word"
            " GROUP BY word ORDER BY count(*) DESC LIMIT %s",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]


def full(count: int, dice: random.Random) -> list[str]:
    """Return full names of people anywhere in the town."""
    keys = Person.objects.order_by("pk").values_list("pk", flat=True)
    first, last = keys[0], keys.reverse()[0]
    chosen = [dice.randint(first, last) for _ in range(count)]
    return list(Person.objects.filter(pk__in=chosen).values_list("name", flat=True))


def mistyped(name: str, dice: random.Random) -> str:
    """Return the name with one slip of a finger."""
    at = dice.randrange(len(name))
    slips = [name[:at] + name[at + 1 :], name[:at] + dice.choice(ascii_lowercase)]
    slips[1] += name[at + 1 :]
    return dice.choice(slips)


def finder(area: str) -> Callable[[str], None]:
    """Return a search by an officer of the largest area of that size."""
    with connection.cursor() as cursor:
        cursor.execute(_LARGEST, [LENGTHS[area]])
        code = cursor.fetchone()[0]
    officer = Actor(0, "bench", (Post(Role.DINSOS, (code,)),))

    def find(typed: str) -> None:
        name, _, year = typed.partition(" @")
        wanted = Wanted(name=name, born_year=int(year) if year else None)
        with transaction.atomic():
            search(officer, wanted)

    return find


def page_of_people(at: int) -> None:
    """Show a page of people by their keys, as every search must in the end."""
    officer = Actor(0, "bench", (Post(Role.DINSOS, ("35.10",)),))
    with transaction.atomic():
        found = Person.objects.in_bulk(list(range(at * 997 + 1, at * 997 + 1 + PAGE)))
        note_looks(officer, found.values(), purpose="bench")
