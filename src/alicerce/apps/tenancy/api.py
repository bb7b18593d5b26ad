"""The endpoints about the team: who works here, as what, who is invited, and taking that back.

Giving power is left to people, who prove themselves: what a program gave would outlive its key.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.tenancy import permissions as may
from alicerce.apps.tenancy.queries import team as queries
from alicerce.apps.tenancy.services.invite import withdraw_invitation
from alicerce.apps.tenancy.services.team import remove_member
from alicerce.apps.tenancy.types import InvitationView, Purpose, RoleView
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, Row, Slice
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.problems import NotFound
from alicerce.kernel.rest.routing import Endpoints, refusing

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


class InvitationOut(Schema):
    """Um convite para a equipe que ninguém respondeu."""

    object: Literal["invitation"]
    id: UUID
    email: str = Field(examples=["fabio@example.com"])
    role_name: str = Field(examples=["Financeiro"])
    status: Literal["open", "expired"]
    sent_at: datetime
    expires_at: datetime


class InvitationListOut(ListOut):
    """Todos os convites em aberto."""

    data: list[InvitationOut]


class TeamGoneOut(Schema):
    """O que deixou de existir."""

    object: Literal["member", "invitation"]
    id: UUID
    deleted: bool


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
    remove_member(user_id=user_id, by=_maker(request), at=now())
    return Answer({"object": "member", "id": member_id, "deleted": True})


@router.get(
    "/roles", response=RoleListOut, operation_id="listRoles", summary="Listar os papéis"
)
@requires(may.MEMBERS_READ)
def list_roles(request: Request) -> Answer:
    """Todos os papéis, e o que cada um pode."""
    return Answer(Slice([_role(role) for role in queries.roles()], None))


@router.get(
    "/invitations",
    response=InvitationListOut,
    operation_id="listInvitations",
    summary="Listar os convites",
)
@requires(may.MEMBERS_READ)
def list_invitations(request: Request) -> Answer:
    """Os convites que ninguém respondeu, do mais novo para o mais antigo."""
    found = queries.invitations(purpose=Purpose.MEMBER, at=now())
    return Answer(Slice([_invitation(each) for each in found], None))


@router.delete(
    "/invitations/{uuid:invitation_id}",
    response=TeamGoneOut,
    operation_id="deleteInvitation",
    summary="Retirar um convite",
)
@requires(may.MEMBERS_WRITE)
def delete_invitation(request: Request, invitation_id: UUID) -> Answer:
    """O link do convite deixa de abrir."""
    if not queries.is_invited(invitation_id):
        raise NotFound
    withdraw_invitation(invitation_id=invitation_id, by=_maker(request), at=now())
    return Answer({"object": "invitation", "id": invitation_id, "deleted": True})


def _found(member_id: UUID) -> Row:
    found = queries.member_record(member_id)
    if found is None:
        raise NotFound
    return found


def _maker(request: Request) -> UUID:
    """Who made the calling key: it may take from others no more than they may."""
    made_by: UUID = request.admission.made_by  # type: ignore[attr-defined]  # the door says so
    return made_by


def _role(role: RoleView) -> Row:
    return {
        "object": "role",
        "key": role.key,
        "name": role.name,
        "permissions": sorted(role.permissions),
        "is_shipped": role.is_shipped,
        "members": role.members,
    }


def _invitation(each: InvitationView) -> Row:
    return {
        "object": "invitation",
        "id": each.id,
        "email": each.email,
        "role_name": each.role,
        "status": "expired" if each.is_expired else "open",
        "sent_at": each.sent_at,
        "expires_at": each.expires_at,
    }
