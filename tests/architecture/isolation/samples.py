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
    """A table's columns, and each tenant's first and last row (the platform's: None)."""

    table: str
    columns: tuple[str, ...]
    tenant_column: str | None
    has_uuid: bool
    rows: dict[str | None, dict] = field(default_factory=dict)
    last_rows: dict[str, dict] = field(default_factory=dict)

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
        return self._sql("select 1 from {table}{where}", tenant)

    def read(self, tenant):
        return self._sql("select to_jsonb(r) from {table} as r{where}", tenant)

    def count(self):
        return self._sql("select count(*) from {table}")

    def update(self, tenant):
        column = sql.Identifier(self.tenant_column or self.columns[-1])
        return self._sql("update {table} set {column} = {column}{where}", tenant, column=column)

    def move(self, tenant, to):
        return self._sql(
            "update {table} set {column} = {to}{where}",
            tenant,
            column=sql.Identifier(self.tenant_column),
            to=sql.Literal(to),
        )

    def point(self, tenant, column, value):
        """The sampled row, pointed elsewhere; what the app's own triggers think is left out."""
        return self._sql(
            "alter table {table} disable trigger user;"
            "update {table} set {column} = {value} where id = {row}",
            column=sql.Identifier(column),
            value=sql.Literal(value),
            row=sql.Literal(self.rows[tenant]["id"]),
        )

    def delete(self, tenant):
        return self._sql("delete from {table}{where}", tenant)

    def truncate(self, tenant):
        return self._sql("truncate {table}")

    def _where(self, tenant):
        if not self.tenant_column or not tenant:
            return sql.SQL("")
        column = sql.Identifier(self.tenant_column)
        return sql.SQL(" where {} = {}").format(column, sql.Literal(tenant))

    def _sql(self, text, tenant=None, **parts):
        parts |= {"table": sql.Identifier("public", self.table), "where": self._where(tenant)}
        return sql.SQL(text).format(**parts).as_string()


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
    if not table.tenant_column:
        sample.rows[None] = _row(connection, sample, None, " limit 1")
    for tenant in tenants if table.tenant_column else []:
        if first := _row(connection, sample, tenant, " order by id limit 1"):
            sample.rows[tenant] = first
            sample.last_rows[tenant] = _row(
                connection, sample, tenant, " order by id desc limit 1"
            )
    return sample


def _row(connection, sample, tenant, which):
    found = connection.execute(sample.read(tenant) + which).fetchone()
    return found[0] if found else {}
