"""What was done to the accounts where a company is paid."""

from django.utils.translation import gettext_lazy as _

RECEIVING = {
    "connect.offer_changed": _("Oferta de recebimento pela plataforma mudada"),
    "gateway.connected": _("Provedor de pagamentos conectado"),
    "gateway.credentials_rotated": _("Credenciais do provedor de pagamentos trocadas"),
    "gateway.hook_registered": _("Avisos do provedor de pagamentos registrados"),
    "merchant.asked": _("Conta na Stripe pedida pela empresa"),
    "merchant.changed": _("Conta da empresa na Stripe mudou de estado"),
    "merchant.disconnect": _("Desligar conta da empresa na Stripe"),
    "merchant.disconnect_approved": _("Desligamento de conta da empresa na Stripe confirmado"),
    "merchant.disconnected": _("Conta da empresa na Stripe desligada"),
    "merchant.opened": _("Conta da empresa aberta na Stripe"),
}
