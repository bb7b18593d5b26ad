"""`python -m bench.rls`: the cost of row-level security at a million invoices."""

from importlib import import_module

from bench.databases import migrated_database, start_django
from bench.figures import note
from bench.machine import describe
from bench.rls.data import fill


def main() -> None:
    note("\nRow-level security on the invoice list")
    with migrated_database(
        durable=False, shared_buffers="512MB", max_wal_size="8GB"
    ) as database:
        describe(database.admin)
        fill(database.admin)
        start_django(database.app)
        import_module("bench.rls.report").report(database)


if __name__ == "__main__":
    main()
