"""The numbers of invoices: without a gap, however many are taken at once."""

from typing import ClassVar

from django.db import connection, models
from django.db.models import UniqueConstraint

from alicerce.kernel.db import TenantModel
from alicerce.kernel.ids import uuid7
from alicerce.kernel.personal import Inventory

# A row is there from the first number on; taking more holds it until the transaction ends.
TAKE = """
    insert into billing_invoicecounter as mine (id, created_at, series, last)
    values (%(id)s, statement_timestamp(), %(series)s, %(count)s)
    on conflict (tenant_id, series) do update set last = mine.last + excluded.last
    returning last
"""


class InvoiceCounter(TenantModel):
    """The last number given out in a series. Whoever takes one holds the row until they commit."""

    inventory: ClassVar = Inventory(plain="series")

    series = models.CharField(max_length=8)
    last = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "series"], name="one_counter_per_series"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.last}"

    @classmethod
    def next(cls, series: str) -> int:
        """The next number; it is taken back if the transaction fails, so there are no gaps."""
        return cls.take(series, 1)[0]

    @classmethod
    def take(cls, series: str, count: int) -> range:
        """So many numbers in a row, as one block. Whoever takes some waits for who took some before."""
        with connection.cursor() as cursor:
            cursor.execute(TAKE, {"id": uuid7(), "series": series, "count": count})
            last = int(cursor.fetchone()[0])
        return range(last - count + 1, last + 1)
