"""`python -m bench.api`: lists and creations a second, and the price of a key and of the limiter."""

from importlib import import_module

from bench.databases import migrated_database, start_django
from bench.figures import asked_for, note
from bench.machine import describe

ROUNDS = 400


def main() -> None:
    note("\nThe API, one process and one caller")
    with migrated_database(durable=True) as database:
        describe(database.admin)
        start_django(database.app)
        import_module("bench.api.report").report(database, rounds=asked_for(ROUNDS))


if __name__ == "__main__":
    main()
