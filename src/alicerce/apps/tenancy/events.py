"""Facts of tenancy."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class TenantOpened(Event):
    name: ClassVar[str] = "tenant.opened"
    description: ClassVar = _("A empresa foi aberta.")

    slug: str


class TenantChanged(Event):
    name: ClassVar[str] = "tenant.changed"
    description: ClassVar = _("Os dados da empresa mudaram.")


class TenantSuspended(Event):
    name: ClassVar[str] = "tenant.suspended"
    description: ClassVar = _("A empresa foi suspensa.")


class TenantResumed(Event):
    name: ClassVar[str] = "tenant.resumed"
    description: ClassVar = _("A empresa foi reativada.")


class TenantRestricted(Event):
    """Its payer is behind: `restriction` says how far it is restricted, `cause` why."""

    name: ClassVar[str] = "tenant.restricted"
    description: ClassVar = _("A empresa foi restringida: quem paga por ela está em atraso.")

    restriction: str
    cause: str


class TenantUnrestricted(Event):
    name: ClassVar[str] = "tenant.unrestricted"
    description: ClassVar = _("A empresa voltou a funcionar por inteiro.")


class MemberInvited(Event):
    """Somebody is to get a letter; asked for by its id, for the token is in no queue."""

    name: ClassVar[str] = "member.invited"
    description: ClassVar = _("Uma pessoa foi convidada para a equipe.")

    invitation_id: UUID


class PayerInvited(Event):
    name: ClassVar[str] = "payer.invited"
    description: ClassVar = _("Uma empresa foi convidada a pagar as contas desta.")

    invitation_id: UUID


class MemberJoined(Event):
    name: ClassVar[str] = "member.joined"
    description: ClassVar = _("Uma pessoa entrou na equipe.")

    user_id: UUID
    role: str


class MemberRoleChanged(Event):
    name: ClassVar[str] = "member.role_changed"
    description: ClassVar = _("O papel de uma pessoa da equipe mudou.")

    user_id: UUID
    role: str


class MemberLeft(Event):
    name: ClassVar[str] = "member.left"
    description: ClassVar = _("Uma pessoa saiu da equipe.")

    user_id: UUID


class OwnershipTransferred(Event):
    name: ClassVar[str] = "tenant.ownership_transferred"
    description: ClassVar = _("A empresa passou a outra pessoa.")

    from_user_id: UUID
    to_user_id: UUID


class RoleChanged(Event):
    name: ClassVar[str] = "role.changed"
    description: ClassVar = _("As permissões de um papel mudaram.")

    key: str


class ProductEnabled(Event):
    name: ClassVar[str] = "product.enabled"
    description: ClassVar = _("Um produto foi ligado.")

    product: str


class ProductDisabled(Event):
    name: ClassVar[str] = "product.disabled"
    description: ClassVar = _("Um produto foi desligado.")

    product: str


class PayerChanged(Event):
    name: ClassVar[str] = "tenant.payer_changed"
    description: ClassVar = _("Quem paga as contas da empresa mudou.")

    account_id: UUID


class BillingAccountSuspended(Event):
    """Published in the root tenant, as all that happens to its buyers."""

    name: ClassVar[str] = "billing_account.suspended"
    description: ClassVar = _("Uma conta de cobrança foi suspensa.")

    account_id: UUID


class BillingAccountResumed(Event):
    name: ClassVar[str] = "billing_account.resumed"
    description: ClassVar = _("Uma conta de cobrança foi reativada.")

    account_id: UUID


class BillingAccountChanged(Event):
    """Its name or its address changed. Published in the root tenant."""

    name: ClassVar[str] = "billing_account.changed"
    description: ClassVar = _("Os dados de uma conta de cobrança mudaram.")

    account_id: UUID


class BillingAccountOpened(Event):
    """A buyer of the platform. Published in the root tenant, whose buyer it is."""

    name: ClassVar[str] = "billing_account.opened"
    description: ClassVar = _("Uma conta de cobrança foi aberta.")

    account_id: UUID


class TenantLimitNear(Event):
    """Four fifths of what its products allow are used."""

    name: ClassVar[str] = "tenant.limit_near"
    description: ClassVar = _("A empresa usa quatro quintos de um limite dos seus produtos.")

    limit: str
    used: int
    most: int


class TenantLimitReached(Event):
    name: ClassVar[str] = "tenant.limit_reached"
    description: ClassVar = _("A empresa chegou a um limite dos seus produtos.")

    limit: str
    used: int
    most: int


class ClockStepDue(Event):
    """A sandbox's clock is on its way. `turn` makes every older copy void; `naps` is how often it waited here."""

    name: ClassVar[str] = "sandbox_clock.step_due"
    is_internal: ClassVar[bool] = True

    turn: int
    naps: int = 0


class ClockStepped(Event):
    """It is later in this sandbox: what the clock would set off is due now, for this tenant alone."""

    name: ClassVar[str] = "sandbox_clock.stepped"
    is_internal: ClassVar[bool] = True


class ClockArrived(Event):
    name: ClassVar[str] = "sandbox_clock.arrived"
    description: ClassVar = _("O relógio do ambiente de testes chegou à data pedida.")
