"""Isolation as part of the schema: constraints that `makemigrations` sees and writes down."""

from typing import Any

from django.db import models

MINE = "tenant_id = current_setting('app.tenant_id', true)::uuid"
OWN = "tenant_id::text = current_setting('app.tenant_id', true)"


class SchemaRule(models.BaseConstraint):
    """A constraint whose SQL runs once its table exists."""

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Nothing within CREATE TABLE: the rule is laid down once the table stands."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        raise NotImplementedError

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        raise NotImplementedError

    def validate(
        self, model: Any, instance: Any, exclude: Any = None, using: str = "default"
    ) -> None:
        """The database is the judge."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.deconstruct() == other.deconstruct()

    __hash__ = models.BaseConstraint.__hash__


class TenantWall(SchemaRule):
    """Forced row-level security: a tenant sees its own rows, or none.

    The permissive policy opens the tenant's rows; the restrictive twin keeps them the only ones
    even if somebody adds a wider policy later. Operators read across tenants through a policy of
    their own, where the table says so. The expression is the same on every table on purpose: the
    planner only sees through it then (docs/decisions/0003).
    """

    def __init__(
        self,
        *,
        name: str,
        operator_reads: bool = False,
        verbs: str = "select, insert, update, delete",
    ) -> None:
        super().__init__(name=name)
        self.operator_reads = operator_reads
        self.verbs = verbs

    def deconstruct(self) -> Any:
        path, args, options = super().deconstruct()
        if self.operator_reads:
            options["operator_reads"] = True
        options["verbs"] = self.verbs
        return path, args, options

    def mine(self, model: Any) -> str:
        return MINE

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table, mine = schema_editor.quote_name(model._meta.db_table), self.mine(model)
        statements = [
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f"create policy tenant_rows on {table} to alicerce_app using ({mine}) with check ({mine})",
            (
                f"create policy tenant_wall on {table} as restrictive to alicerce_app"
                f" using ({mine}) with check ({mine})"
            ),
            f"revoke all on {table} from public, alicerce_app, alicerce_operator",
            f"grant {self.verbs} on {table} to alicerce_app",
        ]
        if self.operator_reads:
            statements += [
                f"create policy operator_reads on {table} for select to alicerce_operator using (true)",
                f"grant select on {table} to alicerce_operator",
            ]
        return ";\n".join(statements)

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return ";\n".join(
            [
                f"drop policy if exists operator_reads on {table}",
                f"drop policy if exists tenant_rows on {table}",
                f"drop policy if exists tenant_wall on {table}",
                f"alter table {table} disable row level security",
                f"revoke all on {table} from alicerce_app, alicerce_operator",
            ]
        )


class TenantItself(TenantWall):
    """The wall around the tenant's own row, whose key is the tenant."""

    def mine(self, model: Any) -> str:
        return MINE.replace("tenant_id", "id", 1)


class TenantKey(SchemaRule):
    """PRIMARY KEY (tenant_id, id): every key of the schema starts with the tenant."""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table, name = (
            schema_editor.quote_name(model._meta.db_table),
            schema_editor.quote_name(self.name),
        )
        old = schema_editor.quote_name(f"{model._meta.db_table}_pkey")
        return (
            f"alter table {table} drop constraint {old};\n"
            f"alter table {table} add constraint {name} primary key (tenant_id, id)"
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        table, name = (
            schema_editor.quote_name(model._meta.db_table),
            schema_editor.quote_name(self.name),
        )
        old = schema_editor.quote_name(f"{model._meta.db_table}_pkey")
        return (
            f"alter table {table} drop constraint {name};\n"
            f"alter table {table} add constraint {old} primary key (id)"
        )


INDEX_UNLESS_LED = """\
do $do$ begin if not exists (
    select from pg_index x
    where x.indrelid = '{table}'::regclass and x.indpred is null and x.indnkeyatts > 1
        and pg_get_indexdef(x.indexrelid, 1, true) = 'tenant_id'
        and pg_get_indexdef(x.indexrelid, 2, true) = quote_ident('{plain}')
) then create index {index} on {table} (tenant_id, {column}); end if; end $do$"""


class TenantReference(SchemaRule):
    """FOREIGN KEY (tenant_id, x_id) REFERENCES x (tenant_id, id), with an index that leads by tenant.

    It is laid down at the end of its migration, whatever the order of the operations: the key it
    points at may only come after it. Where an index or a unique key of the model begins with the
    same two columns, there is no other.
    """

    def __init__(self, *, field: str, to: str, name: str) -> None:
        super().__init__(name=name)
        self.field, self.to = field, to

    def deconstruct(self) -> Any:
        path, args, options = super().deconstruct()
        return path, args, {**options, "field": self.field, "to": self.to}

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        return self.create_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        schema_editor.deferred_sql.append(self._sql(model, schema_editor))

    def _sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        table, name = quote(model._meta.db_table), quote(self.name)
        column = quote(model._meta.get_field(self.field).column)
        target = quote(model._meta.apps.get_model(self.to)._meta.db_table)
        reference = (
            f"alter table {table} add constraint {name} foreign key (tenant_id, {column})"
            f" references {target} (tenant_id, id)"
        )
        if self._is_led(model):
            return reference
        index = INDEX_UNLESS_LED.format(
            table=table,
            column=column,
            plain=model._meta.get_field(self.field).column,
            index=quote(self.name + "_ix"),
        )
        return f"{reference};\n{index}"

    def _is_led(self, model: Any) -> bool:
        """By an index that the same CreateModel makes, after this."""
        listed = [*model._meta.indexes, *model._meta.constraints]
        return any(
            list(getattr(one, "fields", ()))[:2] == ["tenant", self.field]
            and getattr(one, "condition", None) is None
            for one in listed
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        return (
            f"alter table {quote(model._meta.db_table)} drop constraint {quote(self.name)};\n"
            f"drop index if exists {quote(self.name + '_ix')}"
        )


class PlatformTable(SchemaRule):
    """A table that belongs to no tenant: what each runtime role may do to it, and nothing else."""

    def __init__(self, *, name: str, app: str = "select", operator: str = "") -> None:
        super().__init__(name=name)
        self.app, self.operator = app, operator

    def deconstruct(self) -> Any:
        path, args, options = super().deconstruct()
        return path, args, {**options, "app": self.app, "operator": self.operator}

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        statements = [f"revoke all on {table} from public, alicerce_app, alicerce_operator"]
        if self.app:
            statements.append(f"grant {self.app} on {table} to alicerce_app")
        if self.operator:
            statements.append(f"grant {self.operator} on {table} to alicerce_operator")
        return ";\n".join(statements)

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"revoke all on {table} from alicerce_app, alicerce_operator"


class OwnRows(SchemaRule):
    """Everybody reads and adds; a row is changed and removed only by the tenant that it names.

    Compared as words: who acts for nobody, or for what is no id, changes nothing and reads on.
    """

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return ";\n".join(
            [
                f"alter table {table} enable row level security",
                f"create policy read_by_all on {table} for select using (true)",
                f"create policy added_by_all on {table} for insert to alicerce_app with check (true)",
                f"create policy changed_by_its_own on {table} for update to alicerce_app using ({OWN})",
                f"create policy removed_by_its_own on {table} for delete to alicerce_app using ({OWN})",
            ]
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        names = ("read_by_all", "added_by_all", "changed_by_its_own", "removed_by_its_own")
        dropped = [f"drop policy if exists {name} on {table}" for name in names]
        return ";\n".join([*dropped, f"alter table {table} disable row level security"])


class AppendOnly(SchemaRule):
    """Nobody changes or removes a row, whatever was granted: the trigger also stops the owner."""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table, name = (
            schema_editor.quote_name(model._meta.db_table),
            schema_editor.quote_name(self.name),
        )
        return (
            f"create trigger {name} before update or delete or truncate on {table}"
            f" for each statement execute function refuse_change();\n"
            f"alter table {table} enable always trigger {name}"
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        table, name = (
            schema_editor.quote_name(model._meta.db_table),
            schema_editor.quote_name(self.name),
        )
        return f"drop trigger {name} on {table}"
