"""What hosting shows where several apps are on one page."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting.queries.attention import attention
from alicerce.apps.hosting.queries.differences import DifferenceRow
from alicerce.apps.hosting.queries.runs import RunRow, runs_everywhere
from alicerce.apps.hosting.queries.servers import ServerRow
from alicerce.apps.hosting.queries.services import service_counts_everywhere
from alicerce.apps.hosting.types import ServiceStatus
from alicerce.apps.hosting.web.components import Names, run_url, runs_table, server_badge
from alicerce.apps.hosting.web.server_components import licence, server_url
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.queueing import DeadJob
from alicerce.ui.component import Words
from alicerce.ui.concerns import Concern
from alicerce.ui.formats import number
from alicerce.ui.layout import Fold
from alicerce.ui.panels import EmptyState, Stat
from alicerce.ui.status import DIFFERENCE, RUN, badge
from alicerce.ui.tables import Table
from alicerce.ui.texts import Badge, Mono

LATEST = 8


def concerns(tenants: Names, *, at: datetime) -> list[Concern]:
    """Runs that stopped, servers in trouble or full, jobs that gave up."""
    found = attention()
    return [
        *(_stopped(run, tenants) for run in found.stopped_runs),
        *(_troubled(server, tenants, at) for server in found.troubled_servers),
        *(_dead(job, tenants) for job in found.dead_jobs),
        *(_differs(row, tenants) for row in found.differences),
    ]


def _stopped(run: RunRow, tenants: Names) -> Concern:
    return Concern(
        what=_("%(operation)s de %(domain)s")
        % {"operation": run.title, "domain": display_domain(run.domain)},
        why=run.error,
        state=badge(RUN, run.status),
        whose=tenants.get(run.tenant_id, ""),
        since=run.finished_at,
        url=run_url(run),
    )


def _troubled(server: ServerRow, tenants: Names, at: datetime) -> Concern:
    return Concern(
        what=_("Servidor %(name)s") % {"name": server.name},
        why=_trouble(server),
        state=server_badge(server, at=at),
        whose=tenants.get(server.tenant_id, ""),
        since=server.checked_at,
        url=server_url(server),
    )


def _trouble(server: ServerRow) -> Words:
    if server.trouble:
        return server.trouble
    if server.accounts >= server.max_accounts:
        used = {"used": number(server.accounts), "room": number(server.max_accounts)}
        return _("%(used)s de %(room)s contas") % used
    if server.is_full:
        return _("Licença: %(used)s") % {"used": licence(server)}
    return _("Falhas seguidas: %(count)s") % {"count": server.failures}


def _differs(row: DifferenceRow, tenants: Names) -> Concern:
    return Concern(
        what=_("Conta %(name)s em %(server)s")
        % {"name": row.username, "server": row.server_name},
        why=row.what,
        state=badge(DIFFERENCE, row.status),
        whose=tenants.get(row.tenant_id, ""),
        since=row.first_seen_at,
        url=reverse("console:difference", args=[row.tenant_id, row.id]),
    )


def _dead(job: DeadJob, tenants: Names) -> Concern:
    return Concern(
        what=_("Tarefa: %(work)s") % {"work": audit.job_words(job.name)},
        why=Fold(_gave_up(job), [Mono(job.name), Mono(job.error)]),
        state=Badge("bad", _("Desistiu")),
        whose=tenants.get(job.tenant_id, "") if job.tenant_id else "",
        since=job.died_at,
    )


def _gave_up(job: DeadJob) -> str:
    words = ngettext(
        "Desistiu depois de %(count)s tentativa; o que ela faria não foi feito.",
        "Desistiu depois de %(count)s tentativas; o que ela faria não foi feito.",
        job.attempts,
    )
    return words % {"count": number(job.attempts)}


def figures() -> list[Stat]:
    counts = service_counts_everywhere()
    services, runs = reverse("console:services"), reverse("console:runs")
    return [
        Stat(
            _("Serviços ativos"),
            number(counts[ServiceStatus.ACTIVE]),
            url=f"{services}?visao=ativos",
        ),
        Stat(
            _("Ativando agora"),
            number(counts[ServiceStatus.PROVISIONING]),
            url=f"{runs}?visao=andamento",
        ),
    ]


def latest_runs(tenants: Names) -> Table:
    empty = EmptyState(
        _("Nenhuma execução ainda"), _("A primeira começa quando um pedido é pago.")
    )
    return runs_table(runs_everywhere(limit=LATEST), tenants, empty=empty)
