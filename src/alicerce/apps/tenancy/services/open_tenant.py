"""Opening a company, and its twin for rehearsals."""

from datetime import datetime
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from django.db import IntegrityError

from alicerce.apps.audit import public as audit
from alicerce.apps.tenancy.errors import SlugTaken
from alicerce.apps.tenancy.events import TenantOpened
from alicerce.apps.tenancy.models import Host, Tenant
from alicerce.apps.tenancy.queries.tenants import given_url, platform_url
from alicerce.apps.tenancy.services.payers import pay_by_new_account, pay_for
from alicerce.apps.tenancy.services.products import enable_product
from alicerce.apps.tenancy.services.team import add_member
from alicerce.apps.tenancy.types import NewCompany, ProductKey, RoleKey
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.ids import uuid7

SANDBOX_LABEL = "testes"


def open_tenant(
    *, at: datetime, slug: str, hosts: tuple[str, ...] = (), **given: str | bool | int
) -> UUID:
    """Open a company. Its first host name, with its address, is where its links lead.

    It sells hosting from the start, unless it is the platform itself.
    """
    tenant_id = uuid7()
    with acting(tenant_id=tenant_id), transaction():
        Tenant.objects.create(id=tenant_id, slug=slug, **given)
        for position, base_url in enumerate(hosts):
            _host(tenant_id, base_url, is_primary=position == 0).save(force_insert=True)
        audit.record(action="tenant.opened", entity="tenant", entity_id=tenant_id, at=at)
        publish(TenantOpened(at=at, slug=slug))
        if not given.get("is_root"):
            enable_product(product=ProductKey.HOSTING, at=at)
    return tenant_id


def _host(tenant_id: UUID, base_url: str, *, is_primary: bool) -> Host:
    domain = base_url.partition("://")[2].split("/")[0].partition(":")[0].lower()
    return Host(tenant_id=tenant_id, domain=domain, base_url=base_url, is_primary=is_primary)


def _addresses(slug: str) -> tuple[str, ...]:
    """Below the platform's own name, until the company brings one of its own."""
    parts = urlsplit(platform_url())
    if not parts.hostname or _is_number(parts.hostname):
        return ()
    return (f"{parts.scheme}://{slug}.{parts.netloc}",)


def _sandbox_addresses(live: Tenant, slug: str) -> tuple[str, ...]:
    """Beside the company's own, so that browsers keep what is opened at either apart.

    Where the platform has no name it is below the company's; addresses without a name have nothing below.
    """
    if below_platform := _addresses(slug):
        return below_platform
    parts = urlsplit(given_url(live.id))
    if not parts.hostname or _is_number(parts.hostname):
        return ()
    return (f"{parts.scheme}://{SANDBOX_LABEL}.{parts.netloc}",)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@transaction()
def open_sandbox(*, of: UUID, as_id: UUID, at: datetime) -> bool:
    """Open the test twin of the current company under this id. False when it was open.

    One without an address gets it, as soon as there is one to give.
    """
    live = Tenant.objects.select_for_update(no_key=True).get(pk=of)
    with acting(tenant_id=as_id), transaction():
        twin, is_new = Tenant.objects.get_or_create(id=as_id, defaults=live.twin())
        if is_new:
            audit.record(action="sandbox.opened", entity="tenant", entity_id=as_id, at=at)
            enable_product(product=ProductKey.HOSTING, at=at)
        if not Host.objects.filter(tenant_id=as_id).exists():
            _lead_to_sandbox(live, twin)
    return is_new


def _lead_to_sandbox(live: Tenant, twin: Tenant) -> None:
    """A name that somebody else has leads there still."""
    hosts = [
        _host(twin.id, address, is_primary=True)
        for address in _sandbox_addresses(live, twin.slug)
    ]
    Host.objects.bulk_create(hosts, ignore_conflicts=True)


@transaction()
def open_company(*, new: NewCompany, owner_id: UUID, email: str, at: datetime) -> UUID:
    """Open a company of one's own: with its owner, and with an account that pays for it.

    Raises SlugTaken, UnknownAccount and PayerSuspended.
    """
    try:
        with transaction():
            tenant_id = open_tenant(
                at=at,
                slug=new.slug,
                hosts=_addresses(new.slug),
                alert_email=email,
                **new.profile,
            )
    except IntegrityError as clash:
        raise SlugTaken from clash
    with acting(tenant_id=tenant_id), transaction():
        add_member(user_id=owner_id, role=RoleKey.OWNER, at=at)
    if new.account_id:
        pay_for(tenant_id=tenant_id, account_id=new.account_id, owner_id=owner_id, at=at)
    else:
        name = str(new.profile["legal_name"])[:120]
        pay_by_new_account(
            tenant_id=tenant_id, owner_id=owner_id, name=name, billing_email=email, at=at
        )
    return tenant_id
