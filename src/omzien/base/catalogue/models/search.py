"""What search reads: a text per offer, the words in use, words that mean the same.

The texts are written by the database itself (triggers in the migrations), whoever changes an
offer, its organisation, location, words or schedule.
"""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models.offers import Offer


class OfferText(models.Model):
    """Everything by which a visible offer is found, in one row; no row: it is not visible."""

    offer = models.OneToOneField(
        Offer,
        verbose_name=_("offer"),
        on_delete=models.CASCADE,
        related_name="text",
        primary_key=True,
        # The migration lets the database itself take the row along with its offer.
        db_constraint=False,
    )
    words = SearchVectorField()
    # What it is, as codes: "free", "language:tr", "term:theme/bewegen", "day:tue-morning".
    marks = ArrayField(models.TextField())
    # RD New, metres.
    x = models.FloatField(null=True)
    y = models.FloatField(null=True)
    check_by = models.DateField(null=True)
    last_day = models.DateField(null=True)

    class Meta:
        verbose_name = _("search text of an offer")
        verbose_name_plural = _("search texts of offers")
        indexes = [
            GinIndex(fields=["words"], fastupdate=False, name="offer_by_words"),
            GinIndex(
                Func("words", template="ts_filter(%(expressions)s, '{a}')"),
                fastupdate=False,
                name="offer_by_name_words",
            ),
            GinIndex(fields=["marks"], fastupdate=False, name="offer_by_marks"),
            GistIndex(Func("x", "y", function="point"), name="offer_by_point"),
            GinIndex(
                F("words"),
                Func("words", template="ts_filter(%(expressions)s, '{a}')"),
                F("marks"),
                condition=Q(x=None),
                fastupdate=False,
                name="offer_without_place",
            ),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"text of {self.pk}"


class KnownWord(models.Model):
    """A word that occurs in the texts: its root, its sound, its parts, in how many offers."""

    word = models.CharField(max_length=120, unique=True)
    root = models.CharField(max_length=120, db_index=True)
    sound = models.CharField(max_length=120, db_index=True)
    # The roots of the words it is made of; empty where it is not a compound.
    parts = ArrayField(models.CharField(max_length=120), default=list)
    offers = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("known word")
        verbose_name_plural = _("known words")
        indexes = [
            GinIndex(fields=["parts"], name="word_by_parts"),
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="word_by_letters"),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return self.word


class Synonym(models.Model):
    """Words that people use for the same thing, and what else they are looking for by them."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    words = ArrayField(models.CharField(max_length=60), verbose_name=_("mean about the same"))
    # Found as well by who types one of the words; not the other way round.
    leads_to = ArrayField(
        models.CharField(max_length=60), verbose_name=_("lead to"), default=list, blank=True
    )
    marks = ArrayField(
        models.CharField(max_length=120), verbose_name=_("lead to marks"), default=list, blank=True
    )
    # The roots of each of the words, in the order of the alphabet.
    keys = ArrayField(models.CharField(max_length=120), editable=False)
    changed_at = models.DateTimeField(_("changed on"))

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        constraints = [
            models.CheckConstraint(condition=~Q(words=[]), name="synonym_has_words"),
            models.CheckConstraint(
                condition=Q(words__len__gt=1) | ~Q(leads_to=[]) | ~Q(marks=[]),
                name="synonym_says_something",
            ),
        ]
        indexes = [GinIndex(fields=["keys"], name="synonym_by_keys")]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return " = ".join(self.words)
