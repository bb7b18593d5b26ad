"""Code to read and copy, and the reference of an API."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

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

    @property
    def words(self) -> str:
        """What Redoc calls things, in the reader's language."""
        return json.dumps(
            {
                "enum": _("Um de"),
                "enumSingleValue": _("Valor"),
                "enumArray": _("Itens"),
                "default": _("Padrão"),
                "deprecated": _("Em desuso"),
                "example": _("Exemplo"),
                "examples": _("Exemplos"),
                "recursive": _("Recursivo"),
                "arrayOf": _("Lista de "),
                "const": _("Valor fixo"),
                "responses": _("Respostas"),
                "requestSamples": _("Exemplos de pedido"),
                "responseSamples": _("Exemplos de resposta"),
            }
        )
