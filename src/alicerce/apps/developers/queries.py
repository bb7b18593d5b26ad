"""What a key opens, which keys there are, and what was done with them."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.developers import rules
from alicerce.apps.developers.errors import NoSuchKey
from alicerce.apps.developers.models import ApiKey, LoggedCall
from alicerce.apps.developers.types import (
    ANYTHING,
    KEYS_OVER_KEYS,
    REFUSED,
    SCOPES,
    Admission,
    CallView,
    KeyStatus,
    KeyView,
    Mode,
    Scope,
    Sought,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of
from alicerce.kernel.rest.problems import CompanyClosed, CompanySuspended, Unauthenticated
from alicerce.kernel.tokens import digest

MEANINGS: dict[Scope, str | Promise] = {
    "catalog:read": _("Ver planos, preços e cupons"),
    "catalog:write": _("Criar planos, mudar preços e fazer cupons"),
    "customers:read": _("Ver clientes"),
    "customers:create": _("Criar clientes"),
    "customers:update": _("Alterar clientes"),
    "services:read": _("Ver serviços"),
    "services:annotate": _("Guardar dados de integrações em serviços"),
    "services:create": _("Pedir serviços"),
    "services:operate": _("Ativar serviços"),
    "migrations:read": _("Ver migrações"),
    "migrations:create": _("Pedir migrações"),
    "orders:read": _("Ver pedidos"),
    "orders:annotate": _("Guardar dados de integrações em pedidos"),
    "orders:cancel": _("Cancelar pedidos"),
    "subscriptions:write": _("Cancelar, pausar e reativar assinaturas"),
    "host_names:read": _("Ver os endereços próprios da empresa"),
    "host_names:write": _("Ligar e desligar endereços próprios da empresa"),
    "usage:write": _("Registrar uso medido"),
    "forecasts:read": _("Ver previsões da cobrança"),
    "forecasts:write": _("Fazer previsões da cobrança"),
    "switching:read": _("Ver importações de outro sistema"),
    "billing:annotate": _("Guardar dados de integrações em faturas"),
    "billing:read": _("Ver faturas"),
    "corrections:request": _("Pedir correções de dinheiro, que uma pessoa aprova"),
    "disputes:answer": _("Responder e aceitar disputas"),
    "disputes:read": _("Ver disputas"),
    "collecting:charge": _("Cobrar cartões guardados"),
    "collecting:ask": _("Pedir autorizações de Pix Automático ao banco de um cliente"),
    "collecting:revoke": _("Encerrar autorizações de Pix Automático"),
    "dunning:read": _("Ver a régua de cobrança"),
    "platform_bill:read": _("Ver o que a empresa paga à plataforma"),
    "fiscal:read": _("Ver notas fiscais"),
    "reconciliation:read": _("Ver a conciliação, os repasses e o extrato"),
    "dns:read": _("Ver domínios"),
    "dns:write": _("Acrescentar domínios"),
    "events:read": _("Ver eventos"),
    "webhooks:read": _("Ver webhooks"),
    "webhooks:write": _("Mudar webhooks"),
    "members:read": _("Ver a equipe, os papéis e os convites"),
    "members:write": _("Convidar, dar papéis e tirar pessoas da equipe"),
    "keys:read": _("Ver chaves da API"),
    "keys:write": _("Criar e revogar chaves da API"),
    "sandbox:operate": _("Mover o relógio de testes e renovar os planos dali"),
}
FIND = "select tenant_id, key_id from api_key_of(%s)"
PAGE = 50
KEY_COLUMNS = (
    "id",
    "name",
    "mode",
    "shown",
    "scopes",
    "networks",
    "api_version",
    "created_at",
    "expires_at",
    "last_used_at",
    "revoked_at",
)


def admission(*, secret: str, at: datetime) -> Admission:
    """What this key opens right now. Raises Unauthenticated, CompanyClosed, CompanySuspended.

    Never more than its maker holds at this moment: a right taken from them leaves their keys too,
    and what an operator of the platform may do everywhere is no program's.
    """
    home_id, key_id = _find(secret)
    with acting(tenant_id=home_id), transaction():
        key = ApiKey.objects.get(pk=key_id)
        if key.status(at=at) is not KeyStatus.LIVE:
            raise Unauthenticated
        if not tenancy.is_open(home_id):
            raise CompanySuspended if tenancy.closed_sign(home_id) else CompanyClosed
        member = tenancy.access_of(user_id=key.made_by, tenant_id=home_id, in_workspace=True)
        return _admission(key, member.permissions)


def _find(secret: str) -> tuple[UUID, UUID]:
    if not rules.is_well_formed(secret):
        raise Unauthenticated
    with connection.cursor() as cursor:
        cursor.execute(FIND, [digest(secret)])
        found = cursor.fetchone()
    if found is None:
        raise Unauthenticated
    return found  # type: ignore[no-any-return]


def _admission(key: ApiKey, held: frozenset[str]) -> Admission:
    is_test = key.mode == Mode.TEST
    scopes = frozenset(key.scopes) & held & frozenset(SCOPES)
    return Admission(
        key_id=key.id,
        name=key.name,
        mode=Mode(key.mode),
        home_id=key.tenant_id,
        tenant_id=rules.sandbox_of(key.tenant_id) if is_test else key.tenant_id,
        made_by=key.made_by,
        scopes=scopes - KEYS_OVER_KEYS if is_test else scopes,
        networks=tuple(key.networks),
        expires_at=key.expires_at,
        api_version=key.api_version,
    )


def scope_words(scope: str) -> str:
    """What a permission lets a program do, in the reader's words."""
    return str(MEANINGS[scope])  # type: ignore[index]


@transaction()
def keys(*, at: datetime, before: UUID | None = None, limit: int = PAGE) -> list[KeyView]:
    """Keys of the current company, newest first."""
    rows = ApiKey.objects.filter(id__lt=before) if before else ApiKey.objects.all()
    return [key.view(at=at) for key in rows.order_by("-id")[:limit]]


@transaction()
def key(key_id: UUID, *, at: datetime) -> KeyView:
    """Raises NoSuchKey."""
    found = ApiKey.objects.filter(pk=key_id).first()
    if found is None:
        raise NoSuchKey
    view: KeyView = found.view(at=at)
    return view


@transaction()
def ends_with(key_id: UUID) -> list[ApiKey]:
    """The key, and all that has its power from it: what it or a key whose place it took made, by turns.

    To exchange a key forgives nothing, whoever did it. What took this very key's place goes on where
    another exchanged it: that is how one gets rid of a key that strangers know.
    """
    found: dict[UUID, ApiKey] = {}
    waiting = list(ApiKey.objects.filter(pk=key_id))
    while waiting:
        each = waiting.pop()
        if each.id not in found:
            found[each.id] = each
            waiting += ApiKey.objects.filter(made_by_key__in=line_of(each.id))
            if each.id != key_id and each.replaced_by:
                waiting += ApiKey.objects.filter(pk=each.replaced_by)
    return list(found.values())


def live_with(key_id: UUID, *, at: datetime) -> list[str]:
    """The names of the other keys that open something, and would not once this one is revoked."""
    others = (each for each in ends_with(key_id) if each.id != key_id)
    return sorted(each.name for each in others if each.status(at=at) is KeyStatus.LIVE)


def line_of(key_id: UUID) -> list[UUID]:
    """The key, and those whose place it took, one after the other."""
    line: list[UUID] = []
    before: UUID | None = key_id
    while before:
        line.append(before)
        older = ApiKey.objects.filter(replaced_by=before).values_list("id", flat=True)
        before = older.first()
    return line


@transaction()
def line_was_revoked(key_id: UUID) -> bool:
    """Whether the key was taken back, or one that took its place."""
    after: UUID | None = key_id
    while after:
        row = ApiKey.objects.filter(pk=after).values_list("replaced_by", "revoked_at").first()
        after, revoked_at = row or (None, None)
        if revoked_at is not None:
            return True
    return False


@transaction()
def caller_name(caller_id: UUID) -> str:
    """What a key of the current company is called, or an app as its calls say; nothing when unknown."""
    name = ApiKey.objects.filter(pk=caller_id).values_list("name", flat=True).first()
    calls = LoggedCall.objects.filter(api_key_id=caller_id).order_by("-id")
    return name or calls.values_list("app_name", flat=True).first() or ""


def key_rows(window: Window, *, at: datetime) -> Slice:
    found = slice_of(ApiKey.objects.all(), window, *KEY_COLUMNS)
    return Slice([_record(row, at) for row in found.rows], found.next_cursor)


def key_record(key_id: UUID, *, at: datetime) -> Row:
    """Raises NoSuchKey."""
    found = ApiKey.objects.filter(pk=key_id).values(*KEY_COLUMNS).first()
    if found is None:
        raise NoSuchKey
    return _record(found, at)


def _record(row: Row, at: datetime) -> Row:
    status = rules.status_of(revoked_at=row["revoked_at"], expires_at=row["expires_at"], at=at)
    return {"object": "api_key", **row, "status": status}


@transaction()
def calls(
    sought: Sought = ANYTHING, *, before: UUID | None = None, limit: int = PAGE
) -> list[CallView]:
    """What was done with the company's keys, newest first."""
    rows = LoggedCall.objects.all()
    if sought.key_id:
        rows = rows.filter(api_key_id=sought.key_id)
    if sought.refused:
        rows = rows.filter(status__gte=REFUSED)
    if sought.request_id:
        rows = rows.filter(request_id=sought.request_id)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[:limit])
    names = dict(
        ApiKey.objects.filter(id__in={c.api_key_id for c in found}).values_list("id", "name")
    )
    return [_call(call, names) for call in found]


def _call(call: LoggedCall, names: dict[UUID, str]) -> CallView:
    return CallView(
        id=call.id,
        at=call.at,
        method=call.method,
        route=call.route,
        status=call.status,
        milliseconds=call.milliseconds,
        key_id=call.api_key_id,
        key_name=call.app_name or names.get(call.api_key_id, ""),
        request_id=call.request_id,
        idempotency_key=call.idempotency_key,
        problem=call.problem,
    )


def keys_at(at: datetime) -> int:
    """How many keys of the current company open something, for what limits them."""
    unended = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
    return int(ApiKey.objects.filter(unended, revoked_at__isnull=True).count())
