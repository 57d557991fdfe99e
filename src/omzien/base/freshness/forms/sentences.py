"""What a person reads when an action says no: its docstring, so that it can be translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.actions import offers
from omzien.base.desk.actions import duty, work
from omzien.base.freshness.actions import changing, keepers, seasons, turnout
from omzien.base.freshness.queries import schedules

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SENTENCES: dict[type[Exception], _StrPromise] = {
    duty.NotOnDuty: _("Nobody is here to pass this on to. Please ring us: then it is mended."),
    work.AlreadyDone: _("Somebody finished it already."),
    offers.KeptElsewhere: _(
        "This offer comes from another system. Change it there; here it follows by itself."
    ),
    offers.NothingToShow: _(
        "An offer needs a name and one sentence about it before others can see it."
    ),
    offers.NotOfThisOffer: _("This change belongs to another record."),
    changing.AlreadyDecided: _("Somebody decided on this proposal already."),
    changing.ReasonNeeded: _("Say why not: who proposed it reads that."),
    keepers.AlreadyKeeper: _("This person keeps it already, in the same way."),
    seasons.DaysNeeded: _(
        "Say from which day until which day you are closed, within the holiday."
    ),
    turnout.NotOverYet: _("This meeting is not over yet. Tell it afterwards."),
    turnout.MoreNewThanCame: _("More people are new than came. Look at the two numbers again."),
    turnout.NotACountWeek: _("Who is new is asked in a count week only."),
    schedules.DraftTooOld: _(
        "The page was open for longer than a day. Begin again: nothing was changed."
    ),
}
REFUSALS = tuple(SENTENCES)


def sentence(refusal: Exception) -> str:
    return str(SENTENCES[type(refusal)])
