"""Public pages as schema.org, judged by the shapes that schema.org publishes.

The published shapes ask for a node everywhere, also where a text, number or date belongs, so every
valid date is reported; and they never look of which kind a node is. Here the shapes of data types
ask for a value, those of things for a thing of that kind, and those of fixed choices for the
address of a choice, which the published context reads as a text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef

from omzien.base.catalogue.models import Location
from omzien.base.catalogue.queries.offers import visible_offers
from omzien.base.catalogue.queries.schedules import meetings_ahead
from omzien.base.catalogue.queries.structured_data import structured_data
from omzien.base.network.models import Organisation
from tests.audit.standards import schema_of, standard
from tests.base.exchange.readings import read, structured_in
from tests.base.exchange.town import NOW, VISIBLE, fill

if TYPE_CHECKING:
    from rdflib.term import Node

# The library's own reader of JSON-LD uses a class that the library calls old.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
FOLDER = "schema-org"
SCHEMA = Namespace("http://schema.org/")
VALUES = {
    *("Text", "Date", "DateTime", "Time", "Number", "Integer", "Float", "Boolean", "Duration"),
}
# What an address may stand for as well as a value.
EITHER = {"URL"}


@pytest.fixture(scope="module")
def kinds() -> Graph:
    return Graph().parse(standard(f"{FOLDER}/schemaorg-subclasses.shacl"), format="turtle")


@pytest.fixture(scope="module")
def shapes(kinds: Graph) -> Graph:
    graph = Graph().parse(standard(f"{FOLDER}/schemaorg-shapes.shacl"), format="turtle")
    for shape, kind in list(graph.subject_objects(SH.targetClass)):
        name = str(kind).rpartition("/")[2]
        if name in VALUES | EITHER:
            graph.set((shape, SH.nodeKind, SH.Literal if name in VALUES else SH.IRIOrLiteral))
        elif SCHEMA.Enumeration in kinds.transitive_objects(kind, RDFS.subClassOf):
            graph.set((shape, SH.nodeKind, SH.IRIOrLiteral))
            graph.add((shape, SH.pattern, Literal("^https?://schema.org/[A-Z]")))
        else:
            graph.add((shape, SH["class"], kind))
    return graph


def graph_of(data: dict[str, Any]) -> Graph:
    """Read JSON-LD with the published context, of which the copy here is used."""
    context = schema_of(f"{FOLDER}/schemaorgcontext.jsonld")["@context"]
    return Graph().parse(data=json.dumps(data | {"@context": context}), format="json-ld")


def faults(data: dict[str, Any], shapes: Graph, kinds: Graph) -> list[str]:
    _good, report, _text = validate(graph_of(data), shacl_graph=shapes, ont_graph=kinds)
    assert isinstance(report, Graph)
    return [describe(report, one) for one in report.objects(predicate=SH.result)]


def describe(report: Graph, one: Node) -> str:
    what = (SH.resultPath, SH.value, SH.resultMessage)
    return " ".join(str(report.value(one, each)) for each in what)


def unknown_properties(data: dict[str, Any], shapes: Graph) -> set[str]:
    """Return the properties that no shape knows: misspelt, or not of schema.org."""
    known = {str(path) for path in shapes.objects(predicate=SH.path) if isinstance(path, URIRef)}
    used = {str(each) for each in graph_of(data).predicates() if each != RDF.type}
    return used - known


@pytest.mark.django_db
def test_every_offer_is_valid(shapes: Graph, kinds: Graph) -> None:
    fill()
    for row in VISIBLE:
        offer = read(row.name)
        data = structured_data(offer, meetings=meetings_ahead(offer, now=NOW))
        assert faults(data, shapes, kinds) == [], row.name
        assert unknown_properties(data, shapes) == set()


@pytest.mark.django_db
def test_every_public_page_holds_valid_data(shapes: Graph, kinds: Graph) -> None:
    fill()
    paths = [
        *(f"/aanbod/{offer.slug}/" for offer in visible_offers()),
        *(f"/organisaties/{party.slug}/" for party in Organisation.objects.all()),
        *(f"/plekken/{location.key}/" for location in Location.objects.all()),
    ]
    assert len(paths) == 12
    for path in paths:
        (data,) = structured_in(Client().get(path).content.decode())
        assert faults(data, shapes, kinds) == [], path
        assert unknown_properties(data, shapes) == set(), path


@pytest.mark.parametrize(
    "wrong",
    [
        {"location": {"@type": "Person", "name": "Jan"}},
        {"startDate": {"@type": "Place", "name": "De Plas"}},
        {"organizer": "Piano voor Buren"},
    ],
)
def test_the_judge_sees_what_is_wrong(shapes: Graph, kinds: Graph, wrong: dict[str, Any]) -> None:
    event = {"@id": "https://x.example/", "@type": "Event", "name": "Koor"}
    assert faults(event, shapes, kinds) == []
    assert faults(event | wrong, shapes, kinds) != []
    assert unknown_properties({"@type": "Event", "when": "now"}, shapes)
