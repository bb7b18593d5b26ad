"""`filter(x_id__among=ids)`: the same as `in`, told as one value, however many ids there are."""

from typing import Any

from django.db.models import ForeignKey, Lookup, UUIDField

from alicerce.kernel.arrays import array_of


@ForeignKey.register_lookup
@UUIDField.register_lookup
class Among(Lookup):
    """Django compiles, and psycopg quotes, each value of `in` by itself: dear for batches."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = any(%s::uuid[])", (*values, array_of(list(self.rhs)))
