"""The search of a company's own people: what is theirs to see, wherever it is kept."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.customers import public as customers
from alicerce.apps.customers.types import Wanted
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.searching import EACH, search_page
from alicerce.ui.page import render_page
from alicerce.ui.palette import Hit, HitGroup


@requires("workspace:enter")
@require_safe
def search(request: Request) -> HttpResponse:
    page = search_page(
        request,
        surface="workspace",
        look=lambda words: list(_groups(request, words)),
        label=_("Cliente, domínio, pessoa…"),
    )
    return render_page(request, page)


def _groups(request: Request, words: str) -> Iterator[HitGroup]:
    if "customers:read" in request.permissions:
        yield HitGroup(_("Clientes"), _customers(words))
    if "members:read" in request.permissions:
        yield HitGroup(_("Equipe"), _members(words))


def _customers(words: str) -> list[Hit]:
    """By name, e-mail, document, or the domain of what they have."""
    return [
        Hit(one.name, reverse("workspace:customer", args=[one.id]), "user", one.email)
        for one in customers.customers(Wanted(text=words), limit=EACH).customers
    ]


def _members(words: str) -> list[Hit]:
    """A team is small enough to look through."""
    wanted = words.lower()
    found = [one for one in tenancy.members() if wanted in f"{one.name} {one.email}".lower()]
    return [
        Hit(
            one.name,
            reverse("workspace:member", args=[one.user_id]),
            "user",
            f"{one.email} · {one.role.name}",
        )
        for one in found[:EACH]
    ]
