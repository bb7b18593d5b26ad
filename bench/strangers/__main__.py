"""`python -m bench.strangers`: whether the time of an answer tells who has an account."""

from importlib import import_module

from bench.databases import migrated_database, start_django
from bench.figures import asked_for, note
from bench.machine import describe

TRIES = 500


def main() -> None:
    note("\nKnown and unknown e-mails, at every door that takes one")
    with migrated_database(durable=True) as database:
        describe(database.admin)
        start_django(database.app)
        import_module("bench.strangers.report").report(tries=asked_for(TRIES))


if __name__ == "__main__":
    main()
