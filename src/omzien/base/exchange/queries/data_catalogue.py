"""Which open data there is here, by DCAT-AP-NL 3.0, for registers such as data.overheid.nl."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Max

from omzien.base.catalogue.queries.offers import visible_offers

if TYPE_CHECKING:
    from datetime import datetime

    Node = dict[str, Any]

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority"
MEDIA = "https://www.iana.org/assignments/media-types"
MAP, FIGURES = "sociale-kaart", "cijfers"
HSDS = "https://docs.openreferral.org/en/3.0/"
OPENAPI = "https://spec.openapis.org/oas/v3.1.0"
GUIDE, OFFERS, AREAS = "uitleg/open-gegevens/", "aanbod/", "buurten/"
THEMES = {"SOCI": "Bevolking en samenleving", "HEAL": "Gezondheid"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GEOJSON = "application/geo+json"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class File:
    """One way in which a set of data can be had: its address, and its kind by two lists."""

    title: str
    path: str
    kind: str
    media: str


@dataclass(frozen=True, slots=True)
class Set:
    """One set of data: what it is, for whom it looks, its page and its files."""

    name: str
    title: str
    text: str
    page: str
    words: tuple[str, ...]
    files: tuple[File, ...]


SETS = (
    Set(
        MAP,
        "Sociale kaart",
        "Wat er te doen is en waar hulp is: aanbod, organisaties, plekken en tijden.",
        OFFERS,
        ("sociale kaart", "activiteiten", "ontmoeten", "welzijn", "zorg"),
        (
            File("overzicht als CSV", "aanbod/overzicht.csv", "CSV", "text/csv"),
            File("overzicht als ODS", "aanbod/overzicht.ods", "ODS", ODS),
            File("overzicht als XLSX", "aanbod/overzicht.xlsx", "XLSX", XLSX),
            File("agenda (iCalendar)", "agenda.ics", "ICS", "text/calendar"),
            File("wijzigingen (Atom)", "aanbod/wijzigingen.atom", "XML", "application/atom+xml"),
            File("alles als tabellen (HSDS)", "aanbod/hsds.zip", "ZIP", "application/zip"),
            File("alles als JSON", "hsds/services?full=true", "JSON", "application/json"),
        ),
    ),
    Set(
        FIGURES,
        "Cijfers per buurt",
        "Gepubliceerde cijfers per wijk en buurt, met bron, jaar en marge.",
        AREAS,
        ("buurten", "wijken", "cijfers", "gezondheid", "bevolking"),
        (
            File("cijfers als CSV", "buurten/cijfers.csv", "CSV", "text/csv"),
            File(
                "cijfers op de kaart", "buurten/cijfers.geojson", "GEOJSON", "application/geo+json"
            ),
        ),
    ),
)


def catalogue_nodes() -> list[Node]:
    """Return the catalogue with its sets of data and the interfaces to them."""
    return [publisher(), *choices(), catalogue(), *services(), *map(dataset, SETS)]


# --- Small parts --------------------------------------------------------------------------------


def place(path: str = "") -> str:
    return f"{settings.SITE_URL}/{path}"


def named(name: str) -> str:
    return place(f"dcat#{name}")


def at(address: str) -> Node:
    return {"@id": address}


def dutch(text: str) -> Node:
    return {"@value": text, "@language": "nl"}


def municipality() -> str:
    return f"Gemeente {settings.MUNICIPALITY_NAME}"


def publisher_id() -> str:
    """Return the identifier of the municipality in the register of government bodies (TOOI)."""
    code = settings.MUNICIPALITY_CODE.lower()
    return f"https://identifier.overheid.nl/tooi/id/gemeente/{code}"


def publisher() -> Node:
    return {"@id": publisher_id(), "@type": "foaf:Agent", "foaf:name": dutch(municipality())}


def choices() -> list[Node]:
    """Return what is pointed to, each with its kind: registers ask for it."""
    kinds = {
        f"{EU}/language/NLD": "dct:LinguisticSystem",
        f"{EU}/access-right/PUBLIC": "dct:RightsStatement",
        f"{EU}/frequency/CONT": "dct:Frequency",
        settings.DATA_LICENCE: "dct:LicenseDocument",
        HSDS: "dct:Standard",
        OPENAPI: "dct:Standard",
        **{place(page): "foaf:Document" for page in (GUIDE, OFFERS, AREAS)},
    }
    themes = [
        {"@id": theme_id(code), "@type": "skos:Concept", "skos:prefLabel": dutch(name)}
        for code, name in THEMES.items()
    ]
    return themes + [{"@id": where, "@type": kind} for where, kind in kinds.items()]


def theme_id(code: str) -> str:
    return f"{EU}/data-theme/{code}"


def mail_address() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")


def contact() -> Node:
    """Return where to ask about the data."""
    phone = settings.PHONE.replace(" ", "")
    return {
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": dutch(municipality()),
        "vcard:hasEmail": at(f"mailto:{mail_address()}"),
        **({"vcard:hasTelephone": at(f"tel:{phone}")} if phone else {}),
    }


def described(name: str, title: str, text: str) -> Node:
    """Return what every set of data, every interface and the catalogue itself must say."""
    return {
        "dct:identifier": named(name),
        "dct:title": dutch(title),
        "dct:description": dutch(text),
        "dct:publisher": at(publisher_id()),
        "dct:creator": at(publisher_id()),
        "dct:language": at(f"{EU}/language/NLD"),
        "dct:accessRights": at(f"{EU}/access-right/PUBLIC"),
        "dcat:contactPoint": contact(),
        "dcat:theme": [at(theme_id(code)) for code in THEMES],
        "foaf:page": at(place(GUIDE)),
    }


# --- Catalogue, interfaces, sets of data --------------------------------------------------------


def catalogue() -> Node:
    said = described(
        "catalogus",
        f"Open gegevens van Omzien {settings.MUNICIPALITY_NAME}",
        "De sociale kaart en de cijfers per buurt, om zelf te gebruiken.",
    )
    return {
        "@id": named("catalogus"),
        "@type": "dcat:Catalog",
        **said,
        "foaf:homepage": at(place(GUIDE)),
        "dcat:dataset": [at(named(each.name)) for each in SETS],
        "dcat:service": [at(each["@id"]) for each in services()],
    }


def services() -> list[Node]:
    return [
        service(
            "hsds",
            "Sociale kaart (HSDS)",
            "De sociale kaart volgens de Human Services Data Specification, versie 3.0.",
            path="hsds/",
            standard=HSDS,
        ),
        service(
            "api",
            "Interface van Omzien",
            "Wat er te doen is en wanneer, volgens de NL API Design Rules.",
            path="api/v1",
            standard=OPENAPI,
        ),
    ]


def service(name: str, title: str, text: str, *, path: str, standard: str) -> Node:
    """Return one interface, with the description that programs read."""
    return {
        "@id": named(name),
        "@type": "dcat:DataService",
        **described(name, title, text),
        "dcat:keyword": [dutch(word) for word in SETS[0].words],
        "dcat:endpointURL": at(place(path)),
        "dcat:endpointDescription": at(place(f"{path.rstrip('/')}/openapi.json")),
        "dct:conformsTo": at(standard),
        "dct:license": at(settings.DATA_LICENCE),
        "dcat:servesDataset": at(named(MAP)),
    }


def dataset(data: Set) -> Node:
    """Return one set of data with the ways in which it can be had."""
    changed = last_changed() if data.name == MAP else None
    title = f"{data.title} van {settings.MUNICIPALITY_NAME}"
    return {
        "@id": named(data.name),
        "@type": "dcat:Dataset",
        **described(data.name, title, data.text),
        **({"dct:modified": moment(changed)} if changed else {}),
        **({"dct:conformsTo": at(HSDS)} if data.name == MAP else {}),
        "dct:accrualPeriodicity": at(f"{EU}/frequency/CONT"),
        "dcat:landingPage": at(place(data.page)),
        "dcat:keyword": [dutch(word) for word in data.words],
        "dcat:distribution": [distribution(data.name, file) for file in data.files],
    }


def distribution(name: str, file: File) -> Node:
    """Return one file in which the data can be had."""
    return {
        "@id": named(f"{name}-{file.kind.lower()}"),
        "@type": "dcat:Distribution",
        "dct:title": dutch(file.title),
        "dcat:accessURL": at(place(file.path)),
        "dcat:downloadURL": at(place(file.path)),
        "dct:format": {"@id": f"{EU}/file-type/{file.kind}", "@type": "dct:MediaTypeOrExtent"},
        "dcat:mediaType": {"@id": f"{MEDIA}/{file.media}", "@type": "dct:MediaType"},
        "dct:language": at(f"{EU}/language/NLD"),
        "dct:license": at(settings.DATA_LICENCE),
    }


def last_changed() -> datetime | None:
    changed: datetime | None = visible_offers().aggregate(latest=Max("changed_at"))["latest"]
    return changed


def moment(when: datetime) -> Node:
    return {"@value": when.isoformat(), "@type": "xsd:dateTime"}
