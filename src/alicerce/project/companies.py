"""Opens a company from the command line, before anybody can sign in."""

from django.db import IntegrityError
from django.utils.text import slugify

from alicerce.apps.identity import public as identity
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import RoleKey
from alicerce.kernel.brazil import BadDocument, document
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction


class CannotOpen(Exception):
    """What is wrong with what was asked, in one sentence."""


def open_company(
    *,
    name: str,
    document: str,
    city: str,
    legal_name: str,
    slug: str | None,
    hosts: tuple[str, ...],
    base_url: str,
    person: str,
    email: str,
    is_platform: bool,
) -> str:
    """The link by which its first person chooses a password. Raises CannotOpen."""
    at, number = now(), _number(document)
    addresses = hosts or (() if is_platform else (base_url,))
    try:
        with acting(tenant_id=None, actor="command line"), transaction():
            tenant_id = tenancy.open_tenant(
                at=at,
                slug=slug or slugify(name),
                hosts=addresses,
                name=name,
                legal_name=legal_name,
                document=number,
                city=city,
                alert_email=email,
                is_root=is_platform,
            )
            role = RoleKey.OPERATOR if is_platform else RoleKey.OWNER
            with acting(tenant_id=tenant_id):
                user_id = identity.sign_up(email=email, name=person)
                tenancy.add_member(user_id=user_id, role=role, at=at)
            if not is_platform:
                tenancy.pay_by_new_account(
                    tenant_id=tenant_id,
                    owner_id=user_id,
                    name=legal_name,
                    billing_email=email,
                    at=at,
                )
    except IntegrityError as clash:
        raise CannotOpen(_explained(str(clash))) from clash
    return identity.set_password_link(email=email, base_url=(*addresses, base_url)[0])


def _number(typed: str) -> str:
    try:
        return document(typed).number
    except BadDocument:
        raise CannotOpen(f"{typed} is neither a CNPJ nor a CPF; check the digits.") from None


def _explained(clash: str) -> str:
    if "one_root_tenant" in clash:
        return "The platform's own company is open already; leave --platform out."
    if "tenancy_host" in clash:
        return "That address already leads to a company; give another --host."
    return "A company of that name is open already; give another --slug."
