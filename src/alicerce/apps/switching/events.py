"""Facts of switching."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class BookExamined(Event):
    """A dump was read and examined; nothing was brought yet."""

    name: ClassVar[str] = "switching.examined"
    description: ClassVar = _("Uma cópia de outro sistema foi lida e conferida.")

    import_id: UUID
    rows: int
    refused: int


class BookBrought(Event):
    """What a dump holds is here. It is said once, not for each customer."""

    name: ClassVar[str] = "switching.imported"
    description: ClassVar = _("O que uma cópia de outro sistema traz está aqui.")

    import_id: UUID
    created: int
    updated: int


class ShadowCompared(Event):
    """What would have been billed here was compared with what another program billed."""

    name: ClassVar[str] = "switching.compared"
    description: ClassVar = _("A cobrança daqui foi comparada com a do outro sistema.")

    import_id: UUID
    shadow_id: UUID
    explained: int
    unexplained: int


class BillingCrossed(Event):
    """From now on, what was brought is billed here."""

    name: ClassVar[str] = "switching.cut_over"
    description: ClassVar = _("A cobrança passou do outro sistema para cá.")

    subscriptions: int
    invoices: int


class DumpStepDue(Event):
    """A dump is to be read, examined or brought on from here."""

    name: ClassVar[str] = "switching.step_due"
    is_internal: ClassVar[bool] = True

    import_id: UUID
    step: int


class ShadowDue(Event):
    """A dump is to be compared with what would have been billed here."""

    name: ClassVar[str] = "switching.shadow_due"
    is_internal: ClassVar[bool] = True

    shadow_id: UUID


class CourseStepDue(Event):
    """What was brought is to be billed here from now on, or to be given back."""

    name: ClassVar[str] = "switching.course_step_due"
    is_internal: ClassVar[bool] = True

    step: int
