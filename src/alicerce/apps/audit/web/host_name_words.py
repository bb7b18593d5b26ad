"""What the trail says of a company's own host names."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HOST_NAMES: Mapping[str, Promise] = {
    "host_name.at_risk": _("Prova de um endereço próprio sumiu"),
    "host_name.attached": _("Endereço próprio ligado, à espera da prova"),
    "host_name.detached": _("Endereço próprio desligado"),
    "host_name.detachment_approved": _("Desligamento de endereço próprio confirmado"),
    "host_name.failed": _("Endereço próprio não foi provado no prazo"),
    "host_name.lapsed": _("Endereço próprio perdido"),
    "host_name.put_back": _("Links voltaram ao endereço da plataforma"),
    "host_name.put_first": _("Links passaram a um endereço próprio"),
    "host_name.recovered": _("Prova de um endereço próprio voltou"),
    "host_name.verified": _("Endereço próprio provado"),
}
