"""Metadata in bodies and in addresses: `metadata[name]=value` narrows a list."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field
from ninja.operation import Operation
from pydantic import StringConstraints

from alicerce.kernel.rest.changes import optional
from alicerce.kernel.rest.routing import Input

NAME = r"[A-Za-z0-9_.-]{1,40}"
ASKED = re.compile(rf"metadata\[({NAME})\]")
LONGEST = 500

Name = Annotated[str, StringConstraints(pattern=f"^{NAME}$")]
Value = Annotated[str, StringConstraints(max_length=LONGEST)]
Metadata = Annotated[
    dict[Name, Value | None],
    Field(
        max_length=20,
        description="Nomes seus, com valores: o que não vier fica; `null` retira.",
        examples=[{"erp_id": "4711"}],
    ),
]
MetadataOut = Annotated[
    dict[str, str],
    Field(description="O que os seus sistemas guardaram aqui.", examples=[{"erp_id": "4711"}]),
]


class MetadataChange(Input):
    """O que os seus sistemas guardam aqui; o que não vier fica como está."""

    metadata: Metadata = optional()


View = Callable[..., Any]


def found_by_metadata(view: View) -> View:
    """A list that `metadata[name]=value` narrows."""
    view.found_by_metadata = True  # type: ignore[attr-defined]
    return view


def takes_metadata(operation: Operation) -> bool:
    return getattr(operation.view_func, "found_by_metadata", False)


def is_metadata(parameter: str) -> bool:
    return ASKED.fullmatch(parameter) is not None


def asked_metadata(request: HttpRequest) -> Mapping[str, str]:
    """What must stand on a thing; of the same name twice, the last."""
    return {
        found[1]: str(value)[:LONGEST]
        for name, value in request.GET.items()
        if (found := ASKED.fullmatch(name))
    }
