"""`python -m bench.renewals [SUBSCRIPTIONS]`: a billing run beside set-based SQL that writes the same rows.

`python -m bench.renewals drill`: PostgreSQL is killed in the middle of one, and the totals are the same.
"""

import sys
from importlib import import_module

from bench.databases import migrated_database, start_django
from bench.figures import asked_for, note, show
from bench.machine import describe


def main() -> None:
    note("\nRenewals")
    with migrated_database(
        durable=True, shared_buffers="512MB", max_wal_size="8GB"
    ) as database:
        describe(database.admin)
        start_django(database.app)
        if sys.argv[1:] == ["drill"]:
            drills = import_module("bench.renewals.drills")
            rows = drills.drill(database)
            show(
                "A run whose PostgreSQL dies by SIGKILL, and one that nothing disturbs",
                drills.HEADINGS,
                rows,
            )
        else:
            import_module("bench.renewals.report").report(database, most=asked_for(100_000))


if __name__ == "__main__":
    main()
