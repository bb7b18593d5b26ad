"""Reads a file of cases: plain YAML, without tags, anchors or anything that could run."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

LARGEST = 2_000_000  # bytes
PLAIN = {
    "tag:yaml.org,2002:bool": re.compile(r"^(?:true|false|True|False)$"),
    "tag:yaml.org,2002:int": re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"),
}


class Unreadable(Exception):
    """Not a file of cases; the sentence says why."""


@dataclass(frozen=True)
class Scenario:
    """One entry of a file: what is given, what happens, and what must come out."""

    id: str
    title: str
    area: str
    verdict: str = "adopt"
    given: Mapping[str, Any] = field(default_factory=dict)
    when: Mapping[str, Any] = field(default_factory=dict)
    expect: Mapping[str, Any] = field(default_factory=dict)
    cases: tuple[Mapping[str, Any], ...] = ()
    steps: tuple[Mapping[str, Any], ...] = ()
    calc: tuple[str, ...] = ()


class _Loader(yaml.SafeLoader):
    """Safe, and without aliases: a small file cannot unfold into a big one.

    Of the words of YAML 1.1 only `true` and `false` are booleans, so that `on` stays a name, and
    `12:30` is no number.
    """

    yaml_implicit_resolvers = {}  # its own, filled below

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise Unreadable("aliases (`*name`) are not read: write the value out.")
        return super().compose_node(parent, index)


for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items():
    _Loader.yaml_implicit_resolvers[first] = [
        (tag, PLAIN.get(tag, pattern)) for tag, pattern in resolvers
    ]


def scenarios_in(path: Path) -> list[Scenario]:
    """Every scenario of the file, in its order. Raises Unreadable."""
    listed = _loaded(path)
    entries = listed.get("scenarios") if isinstance(listed, Mapping) else listed
    if not isinstance(entries, list) or not entries:
        raise Unreadable(f"{path} has no list `scenarios`.")
    found = [_scenario(entry, number) for number, entry in enumerate(entries, start=1)]
    repeated = {one.id for one in found if [two.id for two in found].count(one.id) > 1}
    if repeated:
        raise Unreadable(f"{', '.join(sorted(repeated))}: an id is given twice.")
    return found


def _loaded(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"{path} is larger than {LARGEST:,} bytes.")
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise Unreadable(f"{path} is not YAML: {_first_line(error)}") from error
    except yaml.YAMLError as error:
        raise Unreadable(f"{path} is not YAML: {' '.join(str(error).split())}") from error


def _scenario(entry: Any, number: int) -> Scenario:
    if not isinstance(entry, Mapping) or "id" not in entry:
        raise Unreadable(f"scenario {number} has no `id`.")
    name = str(entry["id"])
    return Scenario(
        id=name,
        title=str(entry.get("title", "")),
        area=str(entry.get("area", "")),
        verdict=str(entry.get("verdict", "adopt")),
        given=_mapping(entry, "given", name),
        when=_mapping(entry, "when", name),
        expect=_mapping(entry, "expect", name),
        cases=_listed(entry, "cases", name) or _example(entry, name),
        steps=_listed(entry, "steps", name),
        calc=tuple(str(line) for line in entry.get("calc") or ()),
    )


def _mapping(entry: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any]:
    value = entry.get(key) or {}
    if not isinstance(value, Mapping):
        raise Unreadable(f"{name}: `{key}` is not a mapping.")
    return {str(inner): one for inner, one in value.items()}


def _listed(entry: Mapping[str, Any], key: str, name: str) -> tuple[Mapping[str, Any], ...]:
    listed = entry.get(key) or []
    if not isinstance(listed, list) or not all(isinstance(one, Mapping) for one in listed):
        raise Unreadable(f"{name}: `{key}` is not a list of mappings.")
    return tuple({str(inner): value for inner, value in one.items()} for one in listed)


def _example(entry: Mapping[str, Any], name: str) -> tuple[Mapping[str, Any], ...]:
    """A single `example` is a list of one case."""
    example = entry.get("example")
    return _listed({"cases": [example]}, "cases", name) if example else ()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["nested too deeply"])[0]
