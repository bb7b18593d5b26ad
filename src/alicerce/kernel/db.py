"""Tenant tables, platform tables, and the one way to open a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.db import OperationalError, connection, models
from django.db import transaction as django_transaction
from django.db.models.constants import OnConflict
from django.db.models.expressions import Func
from django.db.models.sql import InsertQuery
from psycopg import generators
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

from alicerce.kernel.context import current
from alicerce.kernel.ids import uuid7
from alicerce.kernel.isolation import (
    AppendOnly,
    PlatformTable,
    TenantItself,
    TenantKey,
    TenantReference,
    TenantWall,
)

NO_TENANT = UUID(int=0)

M = TypeVar("M", bound=models.Model)


@contextmanager
def transaction(*, shared: bool = False) -> Iterator[None]:
    """One use case, one transaction, one tenant.

    Inside another one it is a savepoint: who called may go on when it fails. A shared one is
    simply part of the other, and its failure undoes both.
    """
    atomic = django_transaction.atomic(savepoint=not shared)
    with atomic, showing_rows_of(current().tenant_id):
        yield


@contextmanager
def showing_rows_of(tenant_id: UUID | None) -> Iterator[None]:
    """Tell row-level security whose rows exist, then what it believed before.

    The setting is local to the transaction: a pooled connection can never carry it to a stranger,
    and the end of the outermost transaction forgets it without being told.
    """
    wanted, before = tenant_id or NO_TENANT, getattr(connection, "shows_rows_of", None)
    if wanted == before:
        yield
        return
    _show(wanted)
    try:
        yield
    finally:
        connection.shows_rows_of = before  # type: ignore[attr-defined]
    nested = before is not None or connection.savepoint_ids
    if nested and not connection.needs_rollback:  # a rollback restores it by itself
        _show(before or NO_TENANT)
        connection.shows_rows_of = before  # type: ignore[attr-defined]


def _show(tenant_id: UUID) -> None:
    tell = f"select set_config('app.tenant_id', '{tenant_id}', true)"
    if connection.in_atomic_block and _is_idle():
        _say_at_once(f"begin; {tell}")
    else:
        with connection.cursor() as cursor:
            cursor.execute(tell)  # lint: allow sql-fstring because a UUID has nothing to escape
    connection.shows_rows_of = tenant_id  # type: ignore[attr-defined]


def _is_idle() -> bool:
    """Whether the transaction that Django has opened is still to begin at the server."""
    status: TransactionStatus = connection.connection.info.transaction_status
    return status == TransactionStatus.IDLE


def _say_at_once(statements: str) -> None:
    """Several statements in one message: a transaction begins and knows its tenant in one trip.

    psycopg would send its own BEGIN before whatever comes first, in a trip of its own.
    """
    session = connection.connection
    with connection.wrap_database_errors:
        session.pgconn.send_query(statements.encode())
        *_, answer = session.wait(generators.execute(session.pgconn))
        if session.pgconn.status == ConnStatus.BAD:  # gone, and so without a code that says it
            raise OperationalError(session.pgconn.get_error_message())
        if answer.status != ExecStatus.TUPLES_OK:
            raise error_from_result(answer)


@contextmanager
def as_operator() -> Iterator[None]:
    """Read operational tables across tenants. Only SELECT is granted; evaluate querysets inside."""
    with django_transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local role alicerce_operator")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("reset role")


def in_transaction() -> bool:
    """Whether a transaction of ours is open; the one a test wraps itself in is not ours."""
    blocks = getattr(connection, "atomic_blocks", [])
    return any(not getattr(block, "_from_testcase", False) for block in blocks)


class CurrentTenant(Func):
    """The tenant of the open transaction, as the database knows it."""

    template = "current_setting('app.tenant_id', true)::uuid"
    output_field = models.UUIDField()


class TenantQuerySet(models.QuerySet[M]):
    """Reads of tenant rows; the database already hides everybody else's."""

    def lock(self, pk: UUID) -> M:
        """The row, held until the transaction ends. Raises DoesNotExist.

        Its key stays free: who only refers to the row, as a foreign key does, need not wait.
        """
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)

    def delete_some(self, *, most: int) -> int:
        """Delete up to so many, leaving what others hold; how many are gone.

        The database alone looks after rows that refer to these. They are chosen first: within the
        statement that deletes, PostgreSQL may choose more than once.
        """
        chosen = self.select_for_update(of=("self",), skip_locked=True).values_list("pk")
        some = [pk for (pk,) in chosen[:most]]
        gone = self.model._base_manager.filter(pk__in=some)
        return gone._raw_delete(self.db) if some else 0

    def add_once(self, row: M) -> bool:
        """Insert the row; False when a unique key says that it was there before. One statement."""
        query = InsertQuery(self.model, on_conflict=OnConflict.IGNORE)
        query.insert_values(self.model._meta.concrete_fields, [row])
        [(statement, values)] = query.get_compiler(self.db).as_sql()
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            row._state.adding = not cursor.rowcount
        return not row._state.adding


class TenantModel(models.Model):
    """A row that belongs to one tenant, and that the database shows to nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey(
        "tenancy.Tenant",
        models.PROTECT,
        db_default=CurrentTenant(),
        editable=False,
        related_name="+",
        db_index=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = TenantQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            TenantKey(name="%(app_label)s_%(class)s_key"),
            TenantWall(name="%(app_label)s_%(class)s_wall"),
        ]


class OperatedModel(TenantModel):
    """A tenant's row that operators of the platform may read, never write, across tenants."""

    class Meta:
        abstract = True
        constraints = [
            TenantKey(name="%(app_label)s_%(class)s_key"),
            TenantWall(name="%(app_label)s_%(class)s_wall", operator_reads=True),
        ]


class AppendOnlyModel(TenantModel):
    """A row that is written once: UPDATE, DELETE and TRUNCATE are refused by grant and by trigger."""

    class Meta:
        abstract = True
        constraints = [
            TenantKey(name="%(app_label)s_%(class)s_key"),
            TenantWall(
                name="%(app_label)s_%(class)s_wall", operator_reads=True, verbs="select, insert"
            ),
            AppendOnly(name="%(app_label)s_%(class)s_append_only"),
        ]


class PlatformModel(models.Model):
    """A row of the platform itself. What the application may do to it is granted verb by verb."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A reference inside one tenant: the database checks (tenant_id, x_id), never x_id alone.

    Foreign key checks ignore row-level security, so a plain one would both accept and reveal
    another tenant's row.
    """

    def __init__(self, to: Any, on_delete: Any, **options: Any) -> None:
        options |= {"db_constraint": False, "db_index": False}
        options.setdefault("related_name", "+")
        super().__init__(to, on_delete, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for implied in ("db_constraint", "db_index"):
            options.pop(implied, None)
        return name, path, args, options

    def contribute_to_class(self, cls: Any, name: str, *given: Any, **options: Any) -> None:
        super().contribute_to_class(cls, name, *given, **options)
        if cls._meta.abstract or cls.__module__ == "__fake__":
            return  # a migration's model already lists the constraint it was made with
        label = f"{cls._meta.app_label}_{cls._meta.model_name}_{name}_ref"
        reference = TenantReference(field=name, to=self._target(cls), name=label)
        cls._meta.constraints = [*cls._meta.constraints, reference]

    def _target(self, cls: Any) -> str:
        to = self.remote_field.model
        if not isinstance(to, str):
            label: str = to._meta.label_lower
            return label
        own = cls._meta.label_lower if to == "self" else f"{cls._meta.app_label}.{to}"
        return (to if "." in to else own).lower()


__all__ = [
    "AppendOnlyModel",
    "CurrentTenant",
    "OperatedModel",
    "PlatformModel",
    "PlatformTable",
    "TenantForeignKey",
    "TenantItself",
    "TenantModel",
    "TenantQuerySet",
    "as_operator",
    "in_transaction",
    "showing_rows_of",
    "transaction",
]
