"""What surrounds the pages of one's own account: whatever surrounds one's other pages."""

from alicerce.apps.customers.permissions import CLIENT_AREA
from alicerce.apps.tenancy.permissions import OPERATE, WORKSPACE
from alicerce.kernel.access import Request
from alicerce.surfaces.client.shell import client_shell
from alicerce.surfaces.console.shell import console_shell
from alicerce.surfaces.site.shell import site_shell
from alicerce.surfaces.workspace.shell import workspace_shell
from alicerce.ui.shell import Shell

SHELLS = ((OPERATE, console_shell), (WORKSPACE, workspace_shell), (CLIENT_AREA, client_shell))


def account_shell(request: Request) -> Shell:
    held: frozenset[str] = getattr(request, "permissions", frozenset())
    mine = (shell for permission, shell in SHELLS if permission in held)
    return next(mine, site_shell)(request)
