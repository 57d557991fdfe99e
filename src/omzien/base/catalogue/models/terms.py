"""The words by which offers are sorted: themes for everybody, layers for professionals."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Taxonomy(models.TextChoices):
    THEME = "theme", _("theme")
    INTEREST = "interest", _("what people like to do")
    DIMENSION = "dimension", _("dimension of positive health")
    LIFE_MOMENT = "life-moment", _("moment in life")
    LAYER = "layer", _("layer of the layer model")
    ELEMENT = "element", _("active element")
    NATIONAL_LINE = "national-line", _("line of the national programme")


# These never stand on a public page, in an address, a feed or a leaflet.
FOR_PROFESSIONALS = (Taxonomy.LAYER, Taxonomy.ELEMENT, Taxonomy.NATIONAL_LINE)


class Term(models.Model):
    """One word of a taxonomy, with its source and whether somebody still has to check it."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    taxonomy = models.CharField(_("list"), max_length=14, choices=Taxonomy)
    slug = models.SlugField(_("short name"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    description = models.TextField(_("what it means"), blank=True)
    description_en = models.TextField(_("what it means, in English"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    to_be_checked = models.BooleanField(_("title to be checked"), default=False)
    # Of a layer: how far from the person, "near", "between" or "far".
    distance = models.CharField(_("distance"), max_length=8, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    changed_at = models.DateTimeField(_("changed on"))
    ended_on = models.DateField(_("no longer used from"), null=True, blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(fields=["taxonomy", "slug"], name="term_once_per_taxonomy"),
            models.CheckConstraint(
                condition=Q(taxonomy__in=Taxonomy.values), name="term_taxonomy_is_known"
            ),
            models.CheckConstraint(
                condition=Q(distance__in=["", "near", "between", "far"]),
                name="term_distance_is_known",
            ),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        return self.name_en if get_language() == "en" else self.name

    @property
    def shown_description(self) -> str:
        return self.description_en if get_language() == "en" else self.description

    @property
    def public(self) -> bool:
        return self.taxonomy not in FOR_PROFESSIONALS
