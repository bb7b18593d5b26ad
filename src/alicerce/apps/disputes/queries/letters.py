"""Who is told of disputes, and how much time is left."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alicerce.apps.disputes.permissions import ANSWER
from alicerce.apps.tenancy import public as tenancy


def readers() -> list[tuple[str, str]]:
    """Those of the company who may answer, by a name of their own and their address; its alerts' when none may."""
    able = [each for each in tenancy.members() if ANSWER in each.role.permissions]
    if able:
        return [(each.user_id.hex, each.email) for each in able]
    alerts = tenancy.tenant_card().alert_email
    return [("alerts", alerts)] if alerts else []


def left_words(days: int) -> str:
    """How many whole days are left, as people say it."""
    if days < 0:
        return _("Prazo encerrado")
    if days == 0:
        return _("Termina hoje")
    return ngettext("Falta %(days)s dia", "Faltam %(days)s dias", days) % {"days": days}
