"""The endpoints about keys."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema
from pydantic import AwareDatetime

from alicerce.apps.developers import permissions, queries
from alicerce.apps.developers.services.make_key import make_key
from alicerce.apps.developers.services.retire_key import revoke_key, rotate_key
from alicerce.apps.developers.types import (
    API_VERSIONS,
    SCOPES,
    Admission,
    Caller,
    KeyStatus,
    Maker,
    MintedKey,
    Mode,
    NewKey,
    Scope,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, created
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import ANY_KEY, Endpoints, Input, refusing
from alicerce.kernel.restrictions import Restriction, even_when

router = Endpoints(tags=["Keys"])


def admission_of(request: Request) -> Admission:
    """What the door learned about whoever calls."""
    admission: Admission = request.admission  # type: ignore[attr-defined]
    return admission


class CompanyOut(Schema):
    id: UUID
    name: str
    restriction: Literal["none", "read_only", "closed"] = Field(
        description="Enquanto quem paga pela empresa está em atraso: read_only recusa toda escrita, "
        "closed recusa tudo, menos esta consulta."
    )
    bill_url: str | None = Field(
        description="Onde pagar para voltar ao normal; nada quando não há restrição."
    )


class AppOut(Schema):
    id: UUID
    name: str


class MeOut(Schema):
    """Quem chama, uma chave ou um aplicativo: para que empresa e o que pode."""

    object: Literal["me"]
    key_id: UUID | None = Field(description="A chave em uso; nada quando é um aplicativo.")
    key_name: str | None
    app: AppOut | None = Field(description="O aplicativo em uso; nada quando é uma chave.")
    mode: Mode
    api_version: str = Field(
        description="A versão que responde quando o pedido não diz outra em Alicerce-Version.",
        examples=["2026-11"],
    )
    scopes: list[str] = Field(description="As permissões que a chave tem neste momento.")
    company: CompanyOut


@router.get(
    "/me",
    response=MeOut,
    operation_id="getMe",
    summary="Mostrar a chave em uso",
    tags=["Account"],
)
@even_when(Restriction.CLOSED)
@requires(ANY_KEY)
def get_me(request: Request) -> Answer:
    """Para que empresa age a chave ou o aplicativo, em que modo e o que pode."""
    admission = admission_of(request)
    is_app = admission.caller is Caller.APP
    return Answer(
        {
            "object": "me",
            "key_id": None if is_app else admission.key_id,
            "key_name": None if is_app else admission.name,
            "app": {"id": admission.key_id, "name": admission.name} if is_app else None,
            "mode": admission.mode,
            "api_version": admission.api_version or API_VERSIONS[-1],
            "scopes": sorted(admission.scopes),
            "company": _company(admission.tenant_id),
        }
    )


def _company(tenant_id: UUID) -> dict[str, object]:
    restriction = tenancy.door(tenant_id).restriction
    return {
        "id": tenant_id,
        "name": tenancy.tenant_card().name,
        "restriction": restriction or "none",
        "bill_url": tenancy.bill_url(tenant_id) if restriction else None,
    }


class KeyOut(Schema):
    """Uma chave da API, sem o segredo."""

    object: Literal["api_key"]
    id: UUID
    name: str
    mode: Mode
    api_version: str = Field(
        description="A versão que responde a esta chave: a mais nova de quando ela foi criada.",
        examples=["2026-11"],
    )
    shown: str = Field(description="O começo da chave.", examples=["sk_live_8fQ2…"])
    scopes: list[str]
    networks: list[str] = Field(
        description="De onde pode ser usada; vazio é de qualquer lugar."
    )
    status: KeyStatus
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class NewKeyOut(KeyOut):
    """Uma chave recém-criada. O segredo não aparece nunca mais."""

    secret: str | None = Field(
        description="Guarde agora: não será mostrado de novo. null quando a resposta é repetida "
        "por Idempotency-Key; nesse caso, troque."
    )


class KeyListOut(ListOut):
    """Uma página de chaves."""

    data: list[KeyOut]


class KeyIn(Input):
    """Uma chave nova."""

    name: str = Field(min_length=1, max_length=80, examples=["Integração do site"])
    scopes: list[Scope] = Field(min_length=1, max_length=len(SCOPES))
    mode: Mode = Mode.LIVE
    networks: list[str] = Field(
        default_factory=list,
        max_length=20,
        description="Endereços IP ou redes CIDR.",
        examples=[["192.0.2.0/24"]],
    )
    expires_at: AwareDatetime | None = None


class RotationIn(Input):
    """Como trocar uma chave."""

    overlap_seconds: int = Field(
        86_400, ge=0, le=30 * 86_400, description="Por quanto tempo a chave antiga ainda vale."
    )


@router.get("/keys", response=KeyListOut, operation_id="listKeys", summary="Listar chaves")
@requires(permissions.READ)
def list_keys(request: Request, asked: Query[ListQuery]) -> Answer:
    """As chaves da empresa, da mais nova para a mais antiga."""
    return Answer(queries.key_rows(asked.window(), at=now()))


@router.post(
    "/keys", response={201: NewKeyOut}, operation_id="createKey", summary="Criar uma chave"
)
@requires(permissions.WRITE)
@refusing(
    (409, "limit_reached"),
    (422, "scope_not_held"),
    (422, "bad_network"),
    (422, "bad_expiry"),
)
def post_key(request: Request, wanted: KeyIn) -> Answer:
    """Cria uma chave com, no máximo, as permissões desta. O segredo só aparece nesta resposta."""
    new = NewKey(
        name=wanted.name,
        scopes=frozenset(wanted.scopes),
        mode=wanted.mode,
        networks=tuple(wanted.networks),
        expires_at=wanted.expires_at,
    )
    return _minted(make_key(new=new, maker=_maker(request), at=now()))


@router.get(
    "/keys/{uuid:key_id}", response=KeyOut, operation_id="getKey", summary="Mostrar uma chave"
)
@requires(permissions.READ)
def get_key(request: Request, key_id: UUID) -> Answer:
    """Uma chave, sem o segredo."""
    return Answer(queries.key_record(key_id, at=now()))


@router.post(
    "/keys/{uuid:key_id}/rotate",
    response={201: NewKeyOut},
    operation_id="rotateKey",
    summary="Trocar uma chave",
)
@requires(permissions.WRITE)
@refusing((409, "key_not_live"), (409, "key_already_rotated"), (422, "scope_not_held"))
def post_rotation(request: Request, key_id: UUID, wanted: RotationIn) -> Answer:
    """Cria outra igual, com outro segredo; a antiga ainda vale pelo tempo escolhido."""
    overlap = timedelta(seconds=wanted.overlap_seconds)
    minted = rotate_key(key_id=key_id, maker=_maker(request), overlap=overlap, at=now())
    return _minted(minted)


@router.post(
    "/keys/{uuid:key_id}/revoke",
    response=KeyOut,
    operation_id="revokeKey",
    summary="Revogar uma chave",
)
@requires(permissions.WRITE)
def post_revocation(request: Request, key_id: UUID) -> Answer:
    """A chave deixa de valer em até um segundo. Repetir não muda nada."""
    revoke_key(key_id=key_id, at=now())
    return Answer(queries.key_record(key_id, at=now()))


def _maker(request: Request) -> Maker:
    """Whoever made the calling key, with what that key may do."""
    admission = admission_of(request)
    return Maker(
        admission.made_by,
        admission.scopes,
        admission.networks,
        admission.expires_at,
        admission.key_id,
    )


def _minted(minted: MintedKey) -> Answer:
    row = queries.key_record(minted.id, at=now()) | {"secret": minted.secret}
    return created(row, location=f"/v1/keys/{minted.id}")
