"""Values that bodies carry, read once and in one spelling."""

from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Field
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from alicerce.kernel.brazil import BadDocument, document, normalize_domain


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as trouble:
        raise PydanticCustomError("bad_email", "not an e-mail address") from trouble
    return text.lower()


def _document(text: str) -> str:
    try:
        return document(text).number
    except BadDocument:
        raise PydanticCustomError("bad_document", "neither a CPF nor a CNPJ") from None


Domain = Annotated[
    str,
    Field(
        max_length=253,
        description="Um domínio; acentos são aceitos.",
        examples=["padaria.com.br"],
    ),
    AfterValidator(normalize_domain),
]
Email = Annotated[
    str,
    Field(
        max_length=254, examples=["renata@example.com"], json_schema_extra={"format": "email"}
    ),
    AfterValidator(_email),
]
TaxNumber = Annotated[
    str,
    Field(
        max_length=20,
        description="CPF ou CNPJ, com ou sem pontos.",
        examples=["529.982.247-25"],
    ),
    AfterValidator(_document),
]
