"""`python -m bench.reports [INVOICES]`: statements and reports, beside the plain sum of the same rows."""

from importlib import import_module

from bench.databases import migrated_database, start_django
from bench.figures import asked_for, note
from bench.machine import describe


def main() -> None:
    note("\nStatements and reports")
    with migrated_database(
        durable=False, shared_buffers="512MB", max_wal_size="8GB"
    ) as database:
        describe(database.admin)
        start_django(database.app)
        import_module("bench.reports.report").report(database, most=asked_for(1_000_000))


if __name__ == "__main__":
    main()
