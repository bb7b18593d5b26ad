"""The endpoints about the team: who works here, as what, and what each role may.

A program gives roles with the power of who made its key, never a role that lets others in: that is
left to people, who prove themselves, because it would outlive the key.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.tenancy import permissions as may
from alicerce.apps.tenancy.api.callers import TeamGoneOut, caller_of
from alicerce.apps.tenancy.queries import team as queries
from alicerce.apps.tenancy.services.team import TEAM, change_role, remove_member
from alicerce.apps.tenancy.types import RoleView
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.locks import hold
from alicerce.kernel.rest.answers import Answer, Row, Slice
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.problems import NotFound
from alicerce.kernel.rest.routing import Endpoints, Input, refusing

router = Endpoints(tags=["Team"])


class MemberOut(Schema):
    """Quem trabalha na empresa."""

    object: Literal["member"]
    id: UUID
    user_id: UUID = Field(description="A pessoa, como os eventos `member.*` a nomeiam.")
    name: str = Field(examples=["Fábio Reis"])
    email: str = Field(examples=["fabio@example.com"])
    role: str = Field(description="Um `key` de `GET /v1/roles`.", examples=["finance"])
    created_at: datetime


class MemberListOut(ListOut):
    """Uma página da equipe."""

    data: list[MemberOut]


class MemberQuery(ListQuery):
    email: str | None = Field(None, max_length=254, description="Só a pessoa deste e-mail.")


class RoleOut(Schema):
    """Um papel: o que pode quem trabalha com ele."""

    object: Literal["role"]
    key: str = Field(examples=["finance"])
    name: str = Field(examples=["Financeiro"])
    permissions: list[str] = Field(examples=[["billing:read", "customers:read"]])
    is_shipped: bool = Field(description="Vem com o programa; os outros a empresa fez.")
    members: int = Field(description="Quantas pessoas trabalham com ele.")


class RoleListOut(ListOut):
    """Todos os papéis da empresa."""

    data: list[RoleOut]


class MemberIn(Input):
    """O papel novo."""

    role: str = Field(
        min_length=1,
        max_length=40,
        description="Um `key` de `GET /v1/roles`.",
        examples=["support"],
    )


@router.get(
    "/members", response=MemberListOut, operation_id="listMembers", summary="Listar a equipe"
)
@requires(may.MEMBERS_READ)
def list_members(request: Request, asked: Query[MemberQuery]) -> Answer:
    """Quem trabalha na empresa, dos mais novos para os mais antigos."""
    return Answer(queries.member_rows(asked.window(), email=asked.email))


@router.get(
    "/members/{uuid:member_id}",
    response=MemberOut,
    operation_id="getMember",
    summary="Mostrar uma pessoa da equipe",
)
@requires(may.MEMBERS_READ)
def get_member(request: Request, member_id: UUID) -> Answer:
    """Uma pessoa da equipe."""
    return Answer(_found(member_id))


@router.patch(
    "/members/{uuid:member_id}",
    response=MemberOut,
    operation_id="updateMember",
    summary="Mudar o papel de uma pessoa",
)
@requires(may.MEMBERS_WRITE)
@refusing(
    (403, "not_yours_to_give"),
    (403, "given_by_people"),
    (404, "unknown_role"),
    (409, "owner_stays"),
    (409, "last_administrator"),
)
def patch_member(request: Request, member_id: UUID, wanted: MemberIn) -> Answer:
    """O papel novo vale no pedido seguinte da pessoa.

    Quem fez esta chave precisa poder tudo o que o papel de antes e o novo podem. Um papel que convida
    ou muda papéis só é dado por uma pessoa, na página da equipe.
    """
    hold(TEAM)
    current = _found(member_id)
    require_match(request, current)
    change_role(
        user_id=current["user_id"],
        role=wanted.role,
        by=caller_of(request).made_by,
        by_program=True,
        at=now(),
    )
    return Answer(_found(member_id))


@router.delete(
    "/members/{uuid:member_id}",
    response=TeamGoneOut,
    operation_id="deleteMember",
    summary="Tirar uma pessoa da equipe",
)
@requires(may.MEMBERS_WRITE)
@refusing((403, "not_yours_to_give"), (409, "owner_stays"), (409, "last_administrator"))
def delete_member(request: Request, member_id: UUID) -> Answer:
    """A pessoa perde o acesso no pedido seguinte, e as chaves que fez param.

    Quem fez esta chave precisa poder tanto quanto ela.
    """
    user_id = _found(member_id)["user_id"]
    remove_member(user_id=user_id, by=caller_of(request).made_by, at=now())
    return Answer({"object": "member", "id": member_id, "deleted": True})


@router.get(
    "/roles", response=RoleListOut, operation_id="listRoles", summary="Listar os papéis"
)
@requires(may.MEMBERS_READ)
def list_roles(request: Request) -> Answer:
    """Todos os papéis, e o que cada um pode."""
    return Answer(Slice([_role(role) for role in queries.roles()], None))


def _found(member_id: UUID) -> Row:
    found = queries.member_record(member_id)
    if found is None:
        raise NotFound
    return found


def _role(role: RoleView) -> Row:
    return {
        "object": "role",
        "key": role.key,
        "name": role.name,
        "permissions": sorted(role.permissions),
        "is_shipped": role.is_shipped,
        "members": role.members,
    }
