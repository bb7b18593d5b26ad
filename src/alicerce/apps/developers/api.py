"""The endpoints about keys."""

from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from alicerce.apps.developers.types import Admission, Mode
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.routing import ANY_KEY, Endpoints

router = Endpoints(tags=["Chaves"])


def admission_of(request: Request) -> Admission:
    """What the door learned about whoever calls."""
    admission: Admission = request.admission  # type: ignore[attr-defined]
    return admission


class CompanyOut(Schema):
    id: UUID
    name: str


class MeOut(Schema):
    """A chave em uso: de que empresa é e o que pode."""

    object: Literal["me"]
    key_id: UUID
    key_name: str
    mode: Mode
    scopes: list[str] = Field(description="As permissões que a chave tem neste momento.")
    company: CompanyOut


@router.get(
    "/me",
    response=MeOut,
    operation_id="getMe",
    summary="Mostrar a chave em uso",
    tags=["Início"],
)
@requires(ANY_KEY)
def get_me(request: Request) -> Answer:
    """De que empresa é a chave enviada, em que modo ela age e o que ela pode."""
    admission = admission_of(request)
    return Answer(
        {
            "object": "me",
            "key_id": admission.key_id,
            "key_name": admission.name,
            "mode": admission.mode,
            "scopes": sorted(admission.scopes),
            "company": {"id": admission.tenant_id, "name": tenancy.tenant_card().name},
        }
    )
