"""How many people came: one number, and in a count week a second one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from omzien.base.freshness.models.turnout import MOST_PEOPLE, How
from omzien.base.freshness.queries.turnout import is_count_week

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omzien.base.freshness.models import Turnout

AT_DESK = [(How.PHONE, How.PHONE.label), (How.STRIP, How.STRIP.label)]


class TurnoutForm(forms.Form):
    """The numbers of one meeting."""

    people = forms.IntegerField(
        label=_("How many people came?"),
        help_text=_("Without the people who run it. Fill in 0 when it did not go on."),
        min_value=0,
        max_value=MOST_PEOPLE,
    )
    new_people = forms.IntegerField(
        label=_("How many came for the first time this year?"),
        help_text=_("Ask: were you here earlier this year? Count who says no."),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        turnout: Turnout,
    ) -> None:
        known = {"people": turnout.people, "new_people": turnout.new_people}
        super().__init__(data, prefix=str(turnout.key), initial=known)
        if not is_count_week(timezone.localdate(turnout.starts_at)):
            del self.fields["new_people"]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        people, new = given.get("people"), given.get("new_people")
        if people is not None and new is not None and new > people:
            self.add_error("new_people", _("That is more than came."))
        return given


class HowForm(forms.Form):
    """How the colleague at the desk heard it."""

    how = forms.ChoiceField(
        label=_("How did it reach you?"),
        choices=AT_DESK,
        widget=forms.RadioSelect,
        initial=How.PHONE,
    )
