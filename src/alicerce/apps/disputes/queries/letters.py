"""Who is told of disputes."""

from alicerce.apps.disputes.permissions import ANSWER
from alicerce.apps.tenancy import public as tenancy


def readers() -> list[tuple[str, str]]:
    """Those of the company who may answer, by a name of their own and their address; its alerts' when none may."""
    able = [each for each in tenancy.members() if ANSWER in each.role.permissions]
    if able:
        return [(each.user_id.hex, each.email) for each in able]
    alerts = tenancy.tenant_card().alert_email
    return [("alerts", alerts)] if alerts else []
