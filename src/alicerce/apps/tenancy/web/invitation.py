"""The page an invitation's letter leads to. Whoever holds the letter has shown the address is theirs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.tenancy.errors import InvitationGone
from alicerce.apps.tenancy.permissions import WORKSPACE
from alicerce.apps.tenancy.queries.access import CHOSEN
from alicerce.apps.tenancy.queries.invitations import invitation_by
from alicerce.apps.tenancy.queries.payers import accounts_of
from alicerce.apps.tenancy.queries.tenants import tenant_card
from alicerce.apps.tenancy.services import invite
from alicerce.apps.tenancy.services.payers import open_billing_account
from alicerce.apps.tenancy.types import Invited, Purpose
from alicerce.apps.tenancy.web import invitation_components as parts
from alicerce.apps.tenancy.web.forms import PayerForm, SignUpForm
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.page import Page, render_page


@public_page
@require_http_methods(["GET", "POST"])
def invitation(request: Request, token: str) -> HttpResponse:
    invited = _found(token)
    if invited is None:
        works_here = WORKSPACE in request.permissions
        return render_page(request, parts.gone_page(works_here=works_here))
    if not request.user.is_authenticated:
        return _as_visitor(request, invited, token)
    if request.user.email != invited.email:
        return render_page(request, parts.other_person_page(request.path))
    if invited.purpose == Purpose.PAYER:
        return _as_payer(request, invited, token)
    return _as_member(request, invited, token)


def _found(token: str) -> Invited | None:
    """Good on the inviting company's own address and on the platform's, nowhere else."""
    invited, here = invitation_by(token, at=now()), tenant_card()
    if invited is None or not (here.is_root or here.id == invited.tenant_id):
        return None
    return invited


def _as_visitor(request: Request, invited: Invited, token: str) -> HttpResponse:
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            name = form.cleaned_data["name"]
            return HttpResponseRedirect(
                invite.sign_up_invited(token=token, name=name, at=now())
            )
        except Refused as refused:
            form.add_error(None, str(refused))
    sign_in = f"{reverse('site:sign_in')}?next={request.path}"
    return _page(request, invited, parts.visitor_parts(invited, form, sign_in=sign_in))


def _as_member(request: Request, invited: Invited, token: str) -> HttpResponse:
    if request.method == "POST":
        return _accept(request, invited, token)
    return _page(request, invited, [parts.accept_card(invited)])


def _as_payer(request: Request, invited: Invited, token: str) -> HttpResponse:
    me = _me(request)
    form = PayerForm(request.POST or None, accounts=accounts_of(me))
    if request.method == "POST":
        if "nova" in request.POST:
            opened = open_billing_account(
                owner_id=me, name=_name(request), billing_email=invited.email, at=now()
            )
            return _accept(request, invited, token, opened)
        if form.is_valid():
            account_id = UUID(form.cleaned_data["account"])
            return _accept(request, invited, token, account_id)
    return _page(request, invited, parts.payer_parts(invited, form))


def _accept(
    request: Request, invited: Invited, token: str, account_id: UUID | None = None
) -> HttpResponse:
    try:
        invite.accept_invitation(token=token, by=_me(request), account_id=account_id, at=now())
    except InvitationGone:
        return render_page(request, parts.gone_page())
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(request.path)
    request.session[CHOSEN] = str(invited.tenant_id)
    messages.success(request, _("Convite aceito."))
    return HttpResponseRedirect(reverse("site:inside"))


def _page(request: Request, invited: Invited, body: list[parts.Content]) -> HttpResponse:
    page = Page(parts.title(invited), "bare", body, lead=parts.lead(invited), width="narrow")
    return render_page(request, page)


def _me(request: Request) -> UUID:
    assert request.user.is_authenticated
    return UUID(str(request.user.pk))


def _name(request: Request) -> str:
    assert request.user.is_authenticated
    name: str = request.user.name or request.user.email
    return name


urlpatterns = [path("convites/<str:token>/", invitation, name="invitation")]
