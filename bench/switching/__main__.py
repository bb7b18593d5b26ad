"""`python -m bench.switching [CLIENTS]`: a WHMCS book brought, billed beside, and taken over."""

from importlib import import_module

from bench.databases import migrated_database, start_django
from bench.figures import asked_for, note
from bench.machine import describe


def main() -> None:
    note("\nSwitching")
    with migrated_database(
        durable=True, shared_buffers="512MB", max_wal_size="8GB"
    ) as database:
        describe(database.admin)
        start_django(database.app)
        import_module("bench.switching.report").report(clients=asked_for(5_000))


if __name__ == "__main__":
    main()
