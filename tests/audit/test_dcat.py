"""The description of the open data, judged by the shapes of DCAT-AP-NL 3.0."""

from __future__ import annotations

import json

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from omzien.base.exchange.queries.data_catalogue import PREFIXES, catalogue_nodes
from omzien.base.exchange.queries.turtle import json_ld_of, turtle_of
from tests.audit.standards import standard
from tests.base.exchange.town import fill

pytestmark = [
    pytest.mark.django_db,
    # The library's own reader of JSON-LD uses a class that the library calls old.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),
]
FOLDER = "dcat-ap-nl-3.0"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
MUST = (
    "dcat-ap-SHACL.ttl",
    "dcat-ap-nl-SHACL.ttl",
    "dcat-ap-nl-SHACL-klassebereik.ttl",
    "dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl",
)
SHOULD = "dcat-ap-nl-SHACL-aanbevolen.ttl"
# A file has no interface behind it; figures and files follow no schema but their own format.
NOT_OURS = {"accessService", "conformsTo"}


@pytest.fixture
def described() -> Graph:
    fill()
    return Graph().parse(data=turtle_of(catalogue_nodes(), PREFIXES), format="turtle")


def faults(graph: Graph, *files: str) -> list[tuple[str, str]]:
    shapes = Graph()
    for file in files:
        shapes.parse(standard(f"{FOLDER}/{file}"), format="turtle")
    # The published file names a few rules that it does not hold.
    for shape, rule in list(shapes.subject_objects(SH.property)):
        if (rule, SH.path, None) not in shapes:
            shapes.remove((shape, SH.property, rule))
    _good, report, _text = validate(graph, shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    return [
        (str(report.value(one, SH.focusNode)), str(report.value(one, SH.resultPath)))
        for one in report.objects(predicate=SH.result)
    ]


def test_nothing_that_must_be_said_is_missing_or_wrong(described: Graph) -> None:
    assert faults(described, *MUST) == []


def test_what_should_be_said_is_said(described: Graph) -> None:
    missing = faults(described, SHOULD)
    assert {name(path) for _where, path in missing} <= NOT_OURS
    services = {str(one) for one in described.subjects(RDF.type, DCAT.DataService)}
    assert [where for where, _path in missing if where in services] == []


def name(path: str) -> str:
    return path.rpartition("/")[2].rpartition("#")[2]


def test_both_ways_of_writing_say_the_same(described: Graph) -> None:
    text = json.dumps(json_ld_of(catalogue_nodes(), PREFIXES))
    assert isomorphic(described, Graph().parse(data=text, format="json-ld"))


def test_the_judge_sees_a_set_of_data_that_says_too_little() -> None:
    bare = Graph()
    bare.add((URIRef("https://x.example/"), RDF.type, DCAT.Dataset))
    assert len(faults(bare, *MUST)) >= 7
