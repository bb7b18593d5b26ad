"""The frozen schema is still the one that PgQueuer installs."""

from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

from alicerce.kernel.queue_schema import PGQUEUER, uninstall_sql


def squeezed(sql: str) -> str:
    lines = (line for line in sql.splitlines() if not line.startswith("-- pgqueuer"))
    return "".join("".join(lines).split())


def test_it_is_what_the_library_would_install_and_remove() -> None:
    library = QueryBuilderEnvironment()
    assert squeezed(PGQUEUER) == squeezed(library.build_install_query())
    assert squeezed(library.build_uninstall_query()) in squeezed(uninstall_sql())
