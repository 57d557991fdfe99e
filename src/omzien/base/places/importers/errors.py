"""What can be wrong with a file, each in one sentence that says what to do."""

from __future__ import annotations


class FileRefused(Exception):
    """The file cannot be used; nothing was changed."""

    def __init__(self, detail: str = "") -> None:
        self.detail = detail
        sentence = (self.__doc__ or "").strip()
        super().__init__(f"{sentence} ({detail})" if detail else sentence)


class MissingFile(FileRefused):
    """There is no such file: check the name and the folder."""


class EmptyFile(FileRefused):
    """The file is empty: download it again."""


class IsAnArchive(FileRefused):
    """The file is packed (zip or gzip): unpack it and give the file inside."""


class IsAWorkbook(FileRefused):
    """The file is an Excel workbook: save the sheet as CSV UTF-8 and give that file."""


class IsAWebPage(FileRefused):
    """The file is a web page instead of data: download the data itself, not the page around it."""


class WrongEncoding(FileRefused):
    """The letters in the file cannot be read: save it as UTF-8 and try again."""


class HalfADownload(FileRefused):
    """The file stops half-way: download it again and wait until it is complete."""


class WrongColumns(FileRefused):
    """The columns are not those of this kind of file: check that the right kind was chosen."""


class NothingOfUse(FileRefused):
    """The file has the right columns but not one row that can be used: look at the first rows."""


class OtherMunicipality(FileRefused):
    """The file holds no row of this municipality: choose another file, or import all areas."""


class YearNeeded(FileRefused):
    """The file does not say which year it is of: add --year with the year of the division."""


class UnknownProjection(FileRefused):
    """The positions are neither degrees nor RD New: download it as WGS84 or EPSG:28992."""
