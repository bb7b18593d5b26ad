"""What marketplace does when something happens."""

from alicerce.apps.developers.events import CleaningDue
from alicerce.apps.marketplace.events import ApplicationWithdrawn
from alicerce.apps.marketplace.queries.faces import companies_with
from alicerce.apps.marketplace.services.giving import end_grants_of
from alicerce.apps.marketplace.services.installing import uninstall_withdrawn
from alicerce.apps.marketplace.services.keeping import forget_lapsed
from alicerce.apps.tenancy.events import MemberLeft
from alicerce.kernel.context import acting
from alicerce.kernel.jobs import on


@on(ApplicationWithdrawn)
def put_withdrawn_app_out(gone: ApplicationWithdrawn) -> None:
    """From each company in a commit of its own: one that fails is found again."""
    for tenant_id in companies_with(gone.application_id):
        with acting(tenant_id=tenant_id):
            uninstall_withdrawn(application_id=gone.application_id, at=gone.at)


@on(MemberLeft)
def end_what_they_gave(left: MemberLeft) -> None:
    end_grants_of(user_id=left.user_id, at=left.at)


@on(CleaningDue, queue="bulk")
def forget_lapsed_tokens(due: CleaningDue) -> None:
    forget_lapsed(at=due.at)
