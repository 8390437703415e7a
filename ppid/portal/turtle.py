"""Writes what is said in JSON-LD as Turtle: the subset of JSON-LD that the catalogue uses, so both tell the same graph.

Nodes with ``@id``, ``@type`` and properties by prefixed names; values with ``@value`` and ``@language`` or ``@type``;
texts; lists of these. See https://www.w3.org/TR/turtle/.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

MEDIA_TYPE = "text/turtle"
# What neither a text nor an address may hold as it is.
_IN_TEXT = re.compile(r'["\\\x00-\x1f\x7f]')
_IN_ADDRESS = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def turtle(node: Mapping[str, Any], prefixes: Mapping[str, str]) -> str:
    """Return the node, which has an address, and all that it holds, as a Turtle document."""
    heads = [f"@prefix {name}: <{_address(address)}> ." for name, address in prefixes.items()]
    said: list[str] = []
    _say(node, prefixes, said)
    return "\n".join([*heads, "", *said, ""])


def _say(node: Mapping[str, Any], prefixes: Mapping[str, str], said: list[str]) -> str:
    """Say what is known of the node; return how others name it. What has an address is said by itself."""
    lines = []
    for name, values in node.items():
        if name == "@type":
            lines.append(f"a {', '.join(_name(each, prefixes) for each in _several(values))}")
        elif not name.startswith("@"):
            objects = [_object(each, prefixes, said) for each in _several(values)]
            if objects:
                lines.append(f"{name} {', '.join(objects)}")
    if "@id" not in node:
        return f"[ {' ; '.join(lines)} ]"
    subject = _name(node["@id"], prefixes)
    if lines:
        said.append(subject + " " + " ;\n  ".join(lines) + " .")
    return subject


def _object(value: Any, prefixes: Mapping[str, str], said: list[str]) -> str:
    if not isinstance(value, Mapping):
        # As JSON-LD reads them: a number is an xsd:integer.
        return str(value) if isinstance(value, int) else _text(value)
    if "@value" not in value:
        return _say(value, prefixes, said)
    text = _text(value["@value"])
    if "@language" in value:
        return f"{text}@{value['@language']}"
    return f"{text}^^{_name(value['@type'], prefixes)}" if "@type" in value else text


def _several(values: Any) -> Iterable[Any]:
    return values if isinstance(values, list) else [values]


def _name(address: str, prefixes: Mapping[str, str]) -> str:
    """Return the address as it is named: by a prefix where it begins with one."""
    prefix, colon, local = address.partition(":")
    if colon and prefix in prefixes and _LOCAL.fullmatch(local):
        return address
    return f"<{_address(address)}>"


def _address(address: str) -> str:
    return _IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", address)


def _text(text: Any) -> str:
    return '"' + _IN_TEXT.sub(lambda found: f"\\u{ord(found[0]):04X}", str(text)) + '"'
