"""Facts of orders."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class OrderPlaced(Event):
    name: ClassVar[str] = "order.placed"
    description: ClassVar = _("Um pedido foi feito.")

    order_id: UUID
    customer_id: UUID


class TrialBegun(Event):
    """Its buyer was recognized: what was ordered is delivered, for days that nobody pays for."""

    name: ClassVar[str] = "order.trial_begun"
    is_internal: ClassVar[bool] = True

    order_id: UUID


class OrderDayCame(Event):
    """The first day of what was paid for before: it is delivered from today on."""

    name: ClassVar[str] = "order.day_came"
    is_internal: ClassVar[bool] = True

    order_id: UUID


class OrderInvoiced(Event):
    """The invoice of what begins later was issued: its buyer can pay it now."""

    name: ClassVar[str] = "order.invoiced"
    is_internal: ClassVar[bool] = True

    order_id: UUID


class OrdersWake(Event):
    """Orders of the tenant have something to do today."""

    name: ClassVar[str] = "order.wake_due"
    is_internal: ClassVar[bool] = True


class LineReady(Event):
    """A paid order line waits to be delivered by whoever knows its kind."""

    name: ClassVar[str] = "order.line_ready"
    is_internal: ClassVar[bool] = True

    line_id: UUID
    order_id: UUID
    customer_id: UUID
    kind: str
    spec: dict[str, str]


class LineFulfilled(Event):
    name: ClassVar[str] = "order.line_fulfilled"
    description: ClassVar = _("Um item de um pedido foi entregue.")

    line_id: UUID
    order_id: UUID


class LineFailed(Event):
    name: ClassVar[str] = "order.line_failed"
    description: ClassVar = _("A entrega de um item de um pedido falhou.")

    line_id: UUID
    order_id: UUID
    reason: str


class OrderCanceled(Event):
    """It ended unpaid: by staff, by its customer, by time, or because its invoice was voided."""

    name: ClassVar[str] = "order.canceled"
    description: ClassVar = _("Um pedido que ninguém pagou foi cancelado.")

    order_id: UUID
    customer_id: UUID
    cause: str


class UnpaidOrdersDue(Event):
    """Orders of the tenant have waited for their payment long enough."""

    name: ClassVar[str] = "order.expiry_due"
    is_internal: ClassVar[bool] = True


class OrderCompleted(Event):
    name: ClassVar[str] = "order.completed"
    description: ClassVar = _("Todos os itens de um pedido foram entregues.")

    order_id: UUID
