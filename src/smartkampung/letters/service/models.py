"""How people found the service: one of three faces for a letter."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.promises import append_only
from smartkampung.letters.service.rules import Face


class Answer(models.Model):
    """The face that somebody chose after their letter was signed.

    Promises kept by the database: a letter is answered for once
    (``letter_face_once``), with a face that was shown (``letter_face_known``), and
    what was chosen stays (``letter_face_append_only``). Jobs alone reach rows: nobody
    looks up who chose what.
    """

    letter = models.ForeignKey(
        "requests.Letter", models.PROTECT, related_name="+", db_index=False
    )
    village_code = models.CharField(max_length=30, db_collation="C")
    face = models.PositiveSmallIntegerField(
        choices=[(one.value, one.name.title()) for one in Face]
    )
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter"], name="letter_face_once"),
            models.CheckConstraint(
                name="letter_face_known",
                condition=Q(face__gte=Face.BAD.value, face__lte=Face.GOOD.value),
            ),
        ]
        indexes = [models.Index(fields=["village_code", "on"], name="letter_face_day")]
        triggers = [append_only("letter_face_append_only")]
