"""People and family cards, keyed on sealed numbers."""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.sealed import SealedField
from smartkampung.residents.corrections.models import Correction as Correction
from smartkampung.residents.exports.models import Export as Export
from smartkampung.residents.imports.models import FamilyDecile as FamilyDecile
from smartkampung.residents.imports.models import Import as Import
from smartkampung.residents.imports.models import ImportProgress as ImportProgress
from smartkampung.residents.imports.models import ImportReview as ImportReview
from smartkampung.residents.imports.models import ImportRow as ImportRow
from smartkampung.residents.imports.models import PersonDetail as PersonDetail
from smartkampung.residents.life.models import LifeEvent as LifeEvent
from smartkampung.residents.life.models import LifeEventTaken as LifeEventTaken
from smartkampung.residents.own.models import CodeRequest as CodeRequest
from smartkampung.residents.own.models import ConsentChange as ConsentChange
from smartkampung.residents.own.models import ResidentSession as ResidentSession
from smartkampung.residents.search_keys import SearchKeys

NIK = "nik"
KK = "kk"
PHONE = "phone"


# Statement level and in one order, so that COPY pays little and two writers of the
# same new words queue instead of crossing.
_KEEP_WORDS = pgtrigger.Func(
    """
    INSERT INTO residents_nameword (word, people)
    SELECT DISTINCT word, 1
    FROM new_values, unnest(string_to_array(name_folded, ' ')) AS word
    ORDER BY word
    ON CONFLICT (word) DO NOTHING;
    RETURN NULL;
    """
)


def _keeps_words(name: str, operation: pgtrigger.Operation) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(new="new_values"),
        func=_KEEP_WORDS,
    )


@pghistory.track()
class Family(models.Model):
    """A family card: who lives under one number at one RT.

    Promise kept by the database: a family-card number stands once
    (``family_kk_unique``). The number changes when the card is re-issued, so it is
    never anybody's key.
    """

    kk = SealedField(purpose=KK, null=True)
    kk_index = models.BinaryField(null=True)
    temporary_id = models.CharField(max_length=20, blank=True)
    region_code = models.CharField(max_length=30, db_collation="C")
    address = models.CharField(max_length=200, blank=True)
    dusun = models.CharField(max_length=80, blank=True)
    phone = SealedField(purpose=PHONE, null=True)
    phone_index = models.BinaryField(null=True)
    language = models.CharField(max_length=2, default="id")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kk_index"], name="family_kk_unique")
        ]
        indexes = [
            models.Index(fields=["region_code"], name="family_region"),
            models.Index(
                fields=["phone_index"],
                condition=Q(phone_index__isnull=False),
                name="family_phone",
            ),
        ]


@pghistory.track()
class Person(models.Model):
    """One resident.

    Promises kept by the database: a NIK belongs to one person in the regency
    (``person_nik_unique``); a NIK and its fingerprint come together
    (``person_nik_is_indexed``); a record that was merged names the one that stands
    for it, and no other does (``person_merged_has_a_survivor``). ``nik_flags`` are
    the disagreements found when the NIK was written: warnings for staff, never a
    reason to reject.
    """

    class Sex(models.TextChoices):
        MALE = "L"
        FEMALE = "P"

    class Status(models.TextChoices):
        LIVING = "living"
        DEAD = "dead"
        MOVED = "moved"
        MISSING = "missing"
        MERGED = "merged"  # another record of the same person stands for this one

    nik = SealedField(purpose=NIK, null=True)
    nik_index = models.BinaryField(null=True)
    nik_flags = models.SmallIntegerField(default=0)
    temporary_id = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, choices=Sex.choices)
    born_on = models.DateField(null=True)
    birth_place = models.CharField(max_length=80, blank=True)
    religion = models.SmallIntegerField(null=True)
    education = models.SmallIntegerField(null=True)
    occupation = models.SmallIntegerField(null=True)
    marital_status = models.SmallIntegerField(null=True)
    blood_type = models.SmallIntegerField(null=True)
    citizenship = models.SmallIntegerField(default=1)
    relation = models.SmallIntegerField(null=True)
    father_name = models.CharField(max_length=120, blank=True)
    mother_name = models.CharField(max_length=120, blank=True)
    family = models.ForeignKey(Family, models.PROTECT, related_name="members")
    region_code = models.CharField(max_length=30, db_collation="C")
    status = models.CharField(
        max_length=8, choices=Status.choices, default=Status.LIVING
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="absorbed"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nik_index"], name="person_nik_unique"),
            models.CheckConstraint(
                name="person_merged_has_a_survivor",
                condition=Q(status="merged", merged_into__isnull=False)
                | ~Q(status="merged") & Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="person_nik_is_indexed",
                condition=Q(nik=None, nik_index=None)
                | Q(nik__isnull=False, nik_index__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["region_code"], name="person_region"),
            # All that the population report needs, so that it reads no row.
            models.Index(
                fields=["region_code", "born_on"],
                condition=Q(status="living"),
                name="person_living",
            ),
            GinIndex(
                SearchKeys("name_folded", "region_code", "born_on"),
                name="person_search",
            ),
        ]
        triggers = [
            _keeps_words("keep_words_of_new", pgtrigger.Insert),
            _keeps_words("keep_words_of_changed", pgtrigger.Update),
        ]


class NameWord(models.Model):
    """A folded word that occurs in somebody's name: the vocabulary of the search.

    Spelling mistakes are corrected against these some 100,000 words and not against
    millions of names. A trigger adds the words of every new or changed name, bulk SQL
    included; ``people`` says how common a word is and is counted now and then.
    """

    word = models.CharField(max_length=120, primary_key=True, db_collation="C")
    people = models.IntegerField(default=1)

    class Meta:
        indexes = [
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="name_word_near")
        ]


class NikClaim(models.Model):
    """Somebody who says they own a NIK that another person already has.

    They stand in quarantine, in sight, until a human decides. ``nik_flags`` are what
    the NIK disagrees with on the claimant's record. Promises kept by the
    database: one open claim a person (``nik_claim_one_open_per_person``); a decision
    has a decider (``nik_claim_decision_has_a_decider``).
    """

    class Decision(models.TextChoices):
        HOLDER_KEEPS = "holder_keeps"
        CLAIMANT_TAKES = "claimant_takes"

    claimant = models.ForeignKey(Person, models.CASCADE, related_name="nik_claims")
    holder = models.ForeignKey(Person, models.CASCADE, related_name="+")
    nik = SealedField(purpose=NIK)
    nik_index = models.BinaryField()
    nik_flags = models.SmallIntegerField(default=0)
    region_code = models.CharField(max_length=30, db_collation="C")
    raised_at = models.DateTimeField()
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claimant"],
                condition=Q(decided_at=None),
                name="nik_claim_one_open_per_person",
            ),
            models.CheckConstraint(
                name="nik_claim_decision_has_a_decider",
                condition=Q(decided_at=None, decision="", decided_by="")
                | Q(decided_at__isnull=False) & ~Q(decision="") & ~Q(decided_by=""),
            ),
            models.CheckConstraint(
                name="nik_claim_is_between_two_people",
                condition=~Q(claimant=F("holder")),
            ),
        ]
