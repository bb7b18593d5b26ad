"""One row of each tenant from every table, as SQL that repeats or touches it."""

from dataclasses import dataclass, field

from psycopg import sql
from psycopg.types.json import Jsonb

from alicerce.kernel.ids import uuid7

COLUMNS = """
    select attname::text as name, atttypid = 'uuid'::regtype
    from pg_attribute
    where attrelid = %s::regclass and attnum > 0 and not attisdropped
        and attgenerated = '' and attidentity <> 'a'
    order by attnum
"""


@dataclass(frozen=True)
class Sample:
    """A table's columns, and a row of each tenant (of the platform: None) to start from."""

    table: str
    columns: tuple[str, ...]
    tenant_column: str | None
    has_uuid: bool
    rows: dict[str | None, dict] = field(default_factory=dict)

    def insert(self, tenant):
        """A copy of the tenant's row under a new id."""
        row = dict(self.rows.get(tenant, {}))
        if self.has_uuid and self.tenant_column != "id":
            row["id"] = str(uuid7())
        return self._sql(
            "insert into {table} ({columns}) select {columns}"
            " from jsonb_populate_record(null::{table}, {row})",
            columns=sql.SQL(", ").join(map(sql.Identifier, self.columns)),
            row=sql.Literal(Jsonb(row)),
        )

    def select(self, tenant):
        return self._sql("select 1 from {table}" + self._where(tenant))

    def count(self):
        return self._sql("select count(*) from {table}")

    def update(self, tenant):
        column = sql.Identifier(self.tenant_column or self.columns[-1])
        return self._sql(
            "update {table} set {column} = {column}" + self._where(tenant), column=column
        )

    def assign(self, tenant, column, value):
        return self._sql(
            "update {table} set {column} = {value}" + self._where(tenant),
            column=sql.Identifier(column),
            value=sql.Literal(value),
        )

    def delete(self, tenant):
        return self._sql("delete from {table}" + self._where(tenant))

    def truncate(self, tenant):
        return self._sql("truncate {table}")

    def _where(self, tenant):
        if not self.tenant_column:
            return ""
        equals = sql.SQL(" where {} = {}").format(
            sql.Identifier(self.tenant_column), sql.Literal(tenant)
        )
        return equals.as_string()

    def _sql(self, text, **parts):
        table = sql.Identifier("public", self.table)
        return sql.SQL(text).format(table=table, **parts).as_string()


def take(connection, tables, tenants):
    """A sample of every table, by name."""
    return {table.name: _take(connection, table, tenants) for table in tables}


def _take(connection, table, tenants):
    columns = connection.execute(COLUMNS, [table.name]).fetchall()
    sample = Sample(
        table.name,
        tuple(name for name, _ in columns),
        table.tenant_column,
        ("id", True) in columns,
    )
    for tenant in tenants if table.tenant_column else [None]:
        text = sample.select(tenant).replace("select 1", "select to_jsonb(r)", 1)
        text = text.replace(f'"{table.name}"', f'"{table.name}" as r', 1)
        if found := connection.execute(text + " limit 1").fetchone():
            sample.rows[tenant] = found[0]
    return sample
