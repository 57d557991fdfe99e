"""What can be wrong with a file or an answer, each in one sentence that says what to do."""

from __future__ import annotations


class Refused(Exception):
    """This cannot be used; nothing was changed."""

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        sentence = (self.__doc__ or "").strip()
        super().__init__(f"{sentence} ({detail})" if detail else sentence)


class Missing(Refused):
    """There is nothing there: check the name or the address."""


class Empty(Refused):
    """It is empty: fetch it again."""


class WebPage(Refused):
    """It is a web page instead of data: give the address of the data itself."""


class WrongLetters(Refused):
    """The letters in it cannot be read: save it as UTF-8 and try again."""


class HalfOfIt(Refused):
    """It stops half-way: fetch it again and wait until it is complete."""


class OtherShape(Refused):
    """It has another shape than this standard: check that the right kind was chosen."""


class TooLarge(Refused):
    """It is too large to be meant: check the address, or split it into parts."""


class NothingOfUse(Refused):
    """There is not one record in it that can be used: look at the first ones."""
