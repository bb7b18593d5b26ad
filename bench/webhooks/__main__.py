"""`python -m bench.webhooks`: webhooks accepted a second, each on disk before its answer."""

from importlib import import_module

from bench.databases import migrated_database, start_django
from bench.figures import note
from bench.machine import describe


def main() -> None:
    note("\nAccepted webhooks")
    with migrated_database(durable=True) as database:
        describe(database.admin)
        start_django(database.app)
        import_module("bench.webhooks.report").report(database)


if __name__ == "__main__":
    main()
