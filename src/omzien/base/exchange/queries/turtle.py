"""Linked data written two ways from one source: JSON-LD as it stands, and Turtle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Node = Mapping[str, Any]

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# What may not stand in the address of a thing.
UNSAFE = '<>"{}|^`\\ \n\r\t'


def json_ld_of(nodes: Sequence[Node], prefixes: Mapping[str, str]) -> dict[str, Any]:
    return {"@context": dict(prefixes), "@graph": list(nodes)}


def turtle_of(nodes: Sequence[Node], prefixes: Mapping[str, str]) -> str:
    """Write nodes as Turtle; names begin with one of the prefixes."""
    head = [f"@prefix {name}: <{where}> ." for name, where in prefixes.items()]
    return "\n".join([*head, "", *(f"{written(node)} .\n" for node in flat(nodes))])


def flat(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes, and those inside them that have a name as nodes of their own."""
    for node in nodes:
        inside: list[Node] = []
        yield {name: referred(value, inside) for name, value in node.items()}
        yield from flat(inside)


def referred(value: Any, inside: list[Node]) -> Any:  # noqa: ANN401 - a value of any kind
    """Return a value with things that have a name by their name; those go to `inside`."""
    if isinstance(value, list):
        return [referred(one, inside) for one in value]
    if isinstance(value, dict) and "@id" in value and len(value) > 1:
        inside.append(value)
        return {"@id": value["@id"]}
    return value


def written(node: Node) -> str:
    """Write a node with all that it says."""
    return f"{address(node['@id'])}\n    " + " ;\n    ".join(pairs(node))


def pairs(node: Node) -> Iterator[str]:
    """Yield each predicate with its values."""
    for name, value in node.items():
        values = value if isinstance(value, list) else [value]
        if name == "@type":
            yield f"a {', '.join(values)}"
        elif name != "@id" and values:
            yield f"{name} {', '.join(map(term, values))}"


def term(value: str | Node) -> str:
    """Write one value: a text, a typed value, a thing elsewhere, or a thing without a name."""
    if isinstance(value, str):
        return quoted(value)
    if "@value" in value:
        return quoted(value["@value"]) + suffix(value)
    if "@id" in value:
        return address(value["@id"])
    return f"[ {' ; '.join(pairs(value))} ]"


def suffix(value: Node) -> str:
    if "@language" in value:
        return f"@{value['@language']}"
    return f"^^{value['@type']}" if "@type" in value else ""


def quoted(text: str) -> str:
    return '"' + "".join(ESCAPES.get(letter, letter) for letter in text) + '"'


def address(text: str) -> str:
    """Write the address of a thing; what may not stand in one is left out."""
    return f"<{''.join(letter for letter in text if letter not in UNSAFE)}>"
