"""The shipped programmes, rules and questions, loaded again and again."""

import pytest
from django.utils.translation import override

from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.models import Conflict, Programme
from smartkampung.aid.queries.programmes import matrix
from smartkampung.kernel.language import either
from tests.cases import FOOD, TODAY

pytestmark = pytest.mark.django_db


def test_every_shipped_text_is_there_in_both_languages() -> None:
    load_defaults()
    for programme in Programme.objects.all():
        assert programme.contents
        assert programme.contents_en
    for rule in matrix(TODAY):
        assert rule.source
        assert rule.source_en


def test_a_red_light_quotes_its_rule_in_the_language_of_the_reader() -> None:
    load_defaults()
    with override("en"):
        english = {either(rule.source, rule.source_en) for rule in matrix(TODAY)}
    with override("id"):
        indonesian = {either(rule.source, rule.source_en) for rule in matrix(TODAY)}
    assert "PKH families also receive BPNT" in english
    assert "Keluarga PKH juga menerima BPNT" in indonesian
    assert not english & indonesian


def test_rows_from_before_get_their_english_words() -> None:
    load_defaults()
    Programme.objects.update(contents_en="")
    Conflict.objects.update(source_en="")
    load_defaults()
    assert not Programme.objects.filter(contents_en="").exists()
    assert not Conflict.objects.filter(source_en="").exists()


def test_what_somebody_edited_stays_as_it_is() -> None:
    load_defaults()
    Programme.objects.filter(pk=FOOD).update(contents="5 kg beras", contents_en="")
    load_defaults()
    edited = Programme.objects.get(pk=FOOD)
    assert (edited.contents, edited.contents_en) == ("5 kg beras", "")
    with override("en"):
        assert either(edited.contents, edited.contents_en) == "5 kg beras"
