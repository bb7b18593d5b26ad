"""What other apps may ask of hosting."""

from alicerce.apps.hosting.models import Difference, Hold, ProvisioningRun, RunStep, Service
from alicerce.apps.hosting.queries.attention import Attention, attention
from alicerce.apps.hosting.queries.runs import (
    LogLine,
    RunRow,
    RunView,
    StepView,
    latest_run_of_service,
    progress_of_line,
    progress_of_service,
    run_row,
    runs_of_service,
)
from alicerce.apps.hosting.queries.servers import ServerRow, servers_everywhere
from alicerce.apps.hosting.queries.services import (
    ServiceView,
    active_service_of_domain,
    find_services,
    find_services_everywhere,
    holds_of,
    service_counts_everywhere,
    service_of_line,
    service_view,
    services_of,
    services_with_domains,
)
from alicerce.apps.hosting.services.adopt import (
    OldAccount,
    adopt,
    give_back_services,
    server_choices,
    server_names,
)
from alicerce.apps.hosting.services.look_at_account import look_at_account
from alicerce.apps.hosting.services.register_server import ServerForm, register_server
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "Attention",
    "LogLine",
    "OldAccount",
    "RunRow",
    "RunView",
    "ServerForm",
    "ServerRow",
    "ServiceView",
    "StepView",
    "active_service_of_domain",
    "adopt",
    "attention",
    "find_services",
    "find_services_everywhere",
    "give_back_services",
    "holds_of",
    "latest_run_of_service",
    "look_at_account",
    "personal",
    "progress_of_line",
    "progress_of_service",
    "register_server",
    "run_row",
    "runs_of_service",
    "server_choices",
    "server_names",
    "servers_everywhere",
    "service_counts_everywhere",
    "service_of_line",
    "service_view",
    "services_of",
    "services_with_domains",
]

personal = PersonalRecords(Service, Hold, ProvisioningRun, RunStep, Difference)
