"""Code to read and copy, and the reference of an API."""

from dataclasses import dataclass

from alicerce.ui.component import Component, Words


@dataclass(frozen=True)
class CodeBlock(Component):
    """Lines of a program or of a terminal, as they are."""

    template = "ui/code_block.html"

    code: str
    label: Words


@dataclass(frozen=True)
class Reference(Component):
    """The reference of an API, drawn in the browser from its OpenAPI document."""

    template = "ui/reference.html"

    document_url: str
