"""One spelling for names, streets and phone numbers, however they were typed."""

from __future__ import annotations

import re
import unicodedata

PREFIXES = {
    *("aan", "aen", "af", "al", "am", "auf", "aus", "bij", "bin", "da", "dal", "de"),
    *("degli", "dei", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "el"),
    *("het", "'t", "t", "'s", "s", "in", "la", "las", "le", "les", "lo", "los", "of"),
    *("op", "over", "ten", "ter", "te", "tot", "uit", "uijt", "van", "vande", "vanden"),
    *("vander", "ver", "voor", "vor", "von", "vom", "y", "zu", "zum", "zur"),
}
# What people write short, at the end of the name of a street.
STREET_ENDS = {
    "str": "straat",
    "ln": "laan",
    "pln": "plein",
    "pl": "plein",
    "wg": "weg",
    "sngl": "singel",
    "gr": "gracht",
}
LETTERS_THAT_STAY_WHOLE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
)
COUNTRY = "31"
PHONE_LENGTH = 10


def fold(text: str) -> str:
    """Return `text` in small letters without accents; y and ij become one letter.

    Parameters
    ----------
    text
        Anything typed.

    Returns
    -------
    str
        Only a-z, digits, apostrophes, dashes, commas and single spaces.

    Notes
    -----
    Worked example: "  Crèvecœur-MEIJER " gives "crevecoeur-meyer".
    """
    small = text.casefold().translate(LETTERS_THAT_STAY_WHOLE).replace("\u2019", "'")
    plain = unicodedata.normalize("NFKD", small).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^a-z0-9',-]+", " ", plain.replace("ij", "y"))
    return " ".join(words.split())


def surname_keys(surname: str) -> frozenset[str]:
    """Return the spellings under which a surname is found: one for every part of it.

    Parameters
    ----------
    surname
        As typed: "De Vries", "de vries", "Vries, de", "Jansen-de Vries".

    Returns
    -------
    frozenset of str
        Letters only, without small words in front. A double name gives each part and the whole.

    Notes
    -----
    Worked example: "Vries, de" and "DE VRIES" both give {"vries"}; "Jansen-de Vries" gives
    {"jansen", "vries", "jansenvries"}, so she is found by either name.
    """
    before, _, after = fold(surname).partition(",")
    parts = [_without_prefixes(part) for part in f"{after} {before}".split("-")]
    named = [part for part in parts if part]
    return frozenset(named) | ({"".join(named)} if named else frozenset())


def _without_prefixes(part: str) -> str:
    words = part.split()
    kept = [word for word in words if word not in PREFIXES] or words
    return re.sub(r"[^a-z0-9]", "", "".join(kept))


def street_key(street: str) -> str:
    """Return the one spelling of a street, without the number of the house.

    Parameters
    ----------
    street
        As typed: "Meerzichtlaan 12-a", "meerzicht laan", "Meerzichtln.".

    Returns
    -------
    str
        Letters and digits that belong to the name: "meerzichtlaan"; "1emeistraat".

    Notes
    -----
    A number counts as that of the house when it stands last. Worked example: "Burg. v.d. Spekstr.
    3" gives "burgvdspekstraat".
    """
    name = re.sub(r"(?<=\D)[ ,]+\d+[ -]*[a-z0-9]{0,4}$", "", fold(street).rstrip(" ,-"))
    letters = re.sub(r"[^a-z0-9]", "", name)
    for short, whole in STREET_ENDS.items():
        if letters.endswith(short) and not letters.endswith(whole):
            return letters.removesuffix(short) + whole
    return letters


def phone_key(phone: str) -> str:
    """Return a phone number as ten digits, or "" when it is none.

    Parameters
    ----------
    phone
        As typed: "079-341 12 34", "+31 6 12345678", "0031612345678", "+31 (0)79 3411234".

    Returns
    -------
    str
        Ten digits that begin with 0 for a Dutch number; all digits with 00 in front for another
        country; "" for anything else.

    Notes
    -----
    Worked example: "+31 (0)79 341 12 34" gives "0793411234".
    """
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    if phone.strip().startswith("+"):
        digits = f"00{digits}"
    if digits.startswith(f"00{COUNTRY}"):
        digits = "0" + digits[len(f"00{COUNTRY}") :]
    foreign = digits.startswith("00") and len(digits) > PHONE_LENGTH
    dutch = digits.startswith("0") and len(digits) == PHONE_LENGTH
    return digits if dutch or foreign else ""
