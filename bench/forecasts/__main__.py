"""`python -m bench.forecasts [SERVICES]`: twelve months ahead, beside SQL that writes the same rows."""

from importlib import import_module

from bench.databases import migrated_database, start_django
from bench.figures import asked_for, note
from bench.machine import describe


def main() -> None:
    note("\nForecasts")
    with migrated_database(
        durable=True, shared_buffers="512MB", max_wal_size="8GB"
    ) as database:
        describe(database.admin)
        start_django(database.app)
        import_module("bench.forecasts.report").report(database, most=asked_for(10_000))


if __name__ == "__main__":
    main()
