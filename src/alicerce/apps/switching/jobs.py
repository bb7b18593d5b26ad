"""What switching does when something happens."""

from alicerce.apps.switching.events import (
    BookExamined,
    CourseStepDue,
    DumpStepDue,
    ShadowDue,
)
from alicerce.apps.switching.services.bring.step import bring_some
from alicerce.apps.switching.services.compare import (
    abandon_comparison,
    ask_comparison,
    compare_books,
)
from alicerce.apps.switching.services.course import take_course_step
from alicerce.apps.switching.services.examine import examine
from alicerce.apps.switching.services.read_dump import read_dump
from alicerce.apps.switching.services.upload import abandon_dump, forget_old_dumps
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.jobs import every, on

DAY = 86_400
STOPPED = "stopped"


def give_up_dump(due: DumpStepDue, error: str) -> None:
    abandon_dump(dump_id=due.import_id, step=due.step, code=STOPPED, at=now())


def give_up_comparison(due: ShadowDue, error: str) -> None:
    abandon_comparison(shadow_id=due.shadow_id)


@on(DumpStepDue, queue="bulk", on_dead=give_up_dump)
def take_dump_on(due: DumpStepDue) -> None:
    """Whichever stage the dump is in: the others find that this step is none of theirs."""
    read_dump(dump_id=due.import_id, step=due.step, at=now())
    examine(dump_id=due.import_id, step=due.step, at=now())
    bring_some(dump_id=due.import_id, step=due.step, at=now())


@on(BookExamined, queue="bulk")
def compare_examined_book(examined: BookExamined) -> None:
    ask_comparison(dump_id=examined.import_id, at=now())


@on(ShadowDue, queue="bulk", on_dead=give_up_comparison)
def bill_beside(due: ShadowDue) -> None:
    compare_books(shadow_id=due.shadow_id, at=now())


@on(CourseStepDue, queue="bulk")
def go_on_with_course(due: CourseStepDue) -> None:
    take_course_step(step=due.step, at=now())


@every(seconds=DAY, queue="bulk")
def forget_old_rows() -> None:
    """Of every company, also of one that is closed: its customers are people still."""
    for tenant_id in tenancy.all_tenant_ids():
        with acting(tenant_id=tenant_id):
            forget_old_dumps(at=now())
