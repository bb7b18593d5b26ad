"""What a buyer answered to the fields of the plan they ordered."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.types import Answer, FieldKind
from alicerce.apps.orders.models.order import Order
from alicerce.apps.orders.types import KeptAnswer
from alicerce.kernel.db import TenantForeignKey, TenantModel
from alicerce.kernel.personal import Inventory


class OrderAnswer(TenantModel):
    """In the words that were asked, whatever becomes of the field.

    A personal one stands in its own column, which is emptied when its person is erased.
    """

    inventory: ClassVar = Inventory(
        _("Respostas de pedidos"),
        of={"order": "order_id"},
        erase="personal",
        plain="label label_en value",
    )

    order = TenantForeignKey(Order, models.PROTECT)
    field = TenantForeignKey("catalog.PlanField", models.PROTECT)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in FieldKind])
    label = models.CharField(max_length=80)
    label_en = models.CharField(max_length=80, blank=True)
    is_personal = models.BooleanField()
    value = models.CharField(max_length=2000, blank=True)
    personal = models.CharField(max_length=2000, blank=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "order", "field"], name="one_answer_per_field"),
            CheckConstraint(
                condition=Q(is_personal=True, value="") | Q(is_personal=False, personal=""),
                name="answer_in_its_column",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def of(cls, order_id: UUID, answer: Answer, position: int) -> "OrderAnswer":
        return cls(
            order_id=order_id,
            field_id=answer.field_id,
            position=position,
            kind=answer.kind,
            label=answer.label,
            label_en=answer.label_en,
            is_personal=answer.is_personal,
            value="" if answer.is_personal else answer.value,
            personal=answer.value if answer.is_personal else "",
        )

    def read(self, *, with_personal: bool) -> KeptAnswer:
        shown = self.personal if self.is_personal else self.value
        return KeptAnswer(
            field_id=self.field_id,
            kind=FieldKind(self.kind),
            label=self.label,
            label_en=self.label_en,
            is_personal=self.is_personal,
            value=shown if with_personal or not self.is_personal else None,
        )
