"""What can be wrong with a schedule or a calendar, each in one sentence."""

from __future__ import annotations


class ScheduleRefused(ValueError):
    """This cannot be a schedule."""

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        sentence = (self.__doc__ or "").strip()
        super().__init__(f"{sentence} ({detail})" if detail else sentence)


class WrongLength(ScheduleRefused):
    """A meeting lasts at least one minute and at most seven days."""


class WrongTime(ScheduleRefused):
    """A time is what the clock on the wall shows: without zone and without parts of a second."""


class WrongDay(ScheduleRefused):
    """A schedule lies between the years 1900 and 2199."""


class WrongInterval(ScheduleRefused):
    """A repetition skips at most a year: every 1 to 366 days, weeks, months or years."""


class WrongCount(ScheduleRefused):
    """A repetition that is counted takes place 1 to 5000 times."""


class EndsTwice(ScheduleRefused):
    """A repetition ends on a day or after a number of times, not both."""


class EndsBeforeItBegins(ScheduleRefused):
    """The last day lies before the first."""


class DaysDoNotFit(ScheduleRefused):
    """These days do not go together with this way of repeating."""


class NeverTakesPlace(ScheduleRefused):
    """With these days it would never take place."""


class ChangedTwice(ScheduleRefused):
    """A meeting can be cancelled or moved only once."""


class ClosedTooLong(ScheduleRefused):
    """Closed days last at most five years: let the repetition end instead."""


class UnknownZone(ScheduleRefused):
    """This time zone is not known."""


class NotARule(ScheduleRefused):
    """This is not a rule of repetition."""


class TooOften(NotARule):
    """What repeats every hour, minute or second is no meeting."""


class CannotSay(ScheduleRefused):
    """A schedule has no words for this repetition."""


class CalendarRefused(ValueError):
    """This file cannot be used; nothing of it was read."""

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        sentence = (self.__doc__ or "").strip()
        super().__init__(f"{sentence} ({detail})" if detail else sentence)


class NotACalendar(CalendarRefused):
    """This is not a calendar: give the address or file that ends in .ics."""


class BrokenCalendar(CalendarRefused):
    """The calendar cannot be read: take it again from the program that made it."""


class HalfACalendar(CalendarRefused):
    """The calendar stops half-way: take it again and wait until it is complete."""


class CalendarTooLarge(CalendarRefused):
    """The calendar is larger than 5 MB or 20,000 events: take a part of it, such as a year."""
