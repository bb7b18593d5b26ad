"""The gate before sensitive actions: who you are, what will happen, once."""

from collections.abc import Callable
from hashlib import sha256
from urllib.parse import urlencode
from uuid import UUID

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.identity import queries, rules
from alicerce.apps.identity.models import Approval
from alicerce.apps.identity.services import approvals, proof_codes
from alicerce.apps.identity.types import Claim, Proof
from alicerce.apps.identity.web import throttle
from alicerce.apps.identity.web.components import form_card, me
from alicerce.apps.identity.web.forms import ConfirmForm, ProofCodeForm, ProofPasswordForm
from alicerce.apps.identity.web.throttle import throttled
from alicerce.kernel.access import ACCOUNT, Request, requires
from alicerce.kernel.clock import wall
from alicerce.kernel.sensitive import Foreseen, Sensitive
from alicerce.ui.buttons import Button, LinkButton, Variant
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.passkeys import PasskeyBox
from alicerce.ui.texts import Link, Text

APPROVAL = "aprovacao"
BACK = "voltar"
CODE = "step_up_required"
SEND = "enviar"


# lint: allow view-permission because the decorator `sensitive` asks before it comes here
def pass_through(
    request: Request,
    what: Sensitive,
    foresee: Callable[[], Foreseen],
    perform: Callable[[], HttpResponseBase],
) -> HttpResponseBase:
    foreseen = foresee()
    if request.method == "POST":
        return _act(request, what, foreseen, perform)
    if approval := _proven(request, what, foreseen):
        return render_page(request, _confirm_page(request, what, foreseen, approval.id))
    approval_id = approvals.ask_approval(
        claim=claim_of(request), what=what, foreseen=foreseen, path=request.path, at=wall()
    )
    back = urlencode({BACK: foreseen.back})
    return HttpResponseRedirect(f"{_proving(request, approval_id)}?{back}")


def _proving(request: Request, approval_id: UUID) -> str:
    """Where the proof is given: an approval is its company's, and is found only among its pages."""
    here = request.resolver_match.namespace if request.resolver_match else ""
    name = "workspace:prove" if here == "workspace" else "account_prove"
    return reverse(name, args=[approval_id])


def _act(
    request: Request,
    what: Sensitive,
    foreseen: Foreseen,
    perform: Callable[[], HttpResponseBase],
) -> HttpResponseBase:
    approval_id = _said(request)
    if approval_id is None:
        return _step_up_required(request)
    if what.destroys:
        form = ConfirmForm(request.POST, wanted=foreseen.name)
        if not form.is_valid():
            page = _confirm_page(request, what, foreseen, approval_id, form=form)
            return render_page(request, page)
    spent = approvals.spend_approval(
        approval_id=approval_id,
        claim=claim_of(request),
        what=what,
        foreseen=foreseen,
        at=wall(),
    )
    return perform() if spent else _step_up_required(request)


def claim_of(request: Request) -> Claim:
    """An approval knows its session by a digest: a session id belongs in no other table."""
    key = request.session.session_key or ""
    return Claim(me(request).pk, sha256(key.encode()).hexdigest())


def _proven(request: Request, what: Sensitive, foreseen: Foreseen) -> Approval | None:
    approval = _mine(request, _said(request))
    if approval is None or approval.used_at or approval.action != what.action:
        return None
    fits = approval.digest == approvals.digest_of(foreseen=foreseen)
    return approval if fits and rules.is_fresh(approval.proven_at, at=wall()) else None


def _mine(request: Request, approval_id: UUID | None) -> Approval | None:
    claim = claim_of(request)
    found: Approval | None = queries.approval(approval_id, claim) if approval_id else None
    return found


def _said(request: Request) -> UUID | None:
    said = request.POST.get(APPROVAL, "") or request.GET.get(APPROVAL, "")
    try:
        return UUID(said)
    except ValueError:
        return None


def _confirm_page(
    request: Request,
    what: Sensitive,
    foreseen: Foreseen,
    approval_id: UUID,
    *,
    form: ConfirmForm | None = None,
) -> Page:
    if what.destroys and form is None:
        form = ConfirmForm(wanted=foreseen.name)
    variant: Variant = "danger" if what.destroys else "primary"
    act = Form(
        action=f"?{urlencode({APPROVAL: approval_id})}",
        fields=form_fields(form) if form else [],
        actions=[
            LinkButton(_("Voltar"), foreseen.back, size="lg"),
            Button(foreseen.button, variant=variant, size="lg"),
        ],
        errors=FormErrors(form) if form and form.errors else "",
    )
    body = [_facts_card(foreseen), Card([act])]
    status = 422 if form and form.errors else 200
    return Page(foreseen.title, "bare", body, width="narrow", status=status)


def _facts_card(foreseen: Foreseen) -> Card:
    facts = [Pair(label, str(value)) for label, value in foreseen.facts]
    return Card([KeyValues(facts)], title=_("O que vai acontecer"))


def _step_up_required(request: Request) -> HttpResponse:
    """403: there is no way around the two pages before."""
    page = render_to_string("identity/step_up.html", request=request)
    return HttpResponse(page, status=403, headers={"X-Error-Code": CODE})


@requires(ACCOUNT)
@throttled(*throttle.of_factors(throttle.user))
@require_http_methods(["GET", "POST"])
def prove(request: Request, approval_id: UUID) -> HttpResponse:
    """Where a person shows that it is they, for this one action."""
    approval = _mine(request, approval_id)
    if approval is None or approval.used_at:
        raise Http404
    kind = queries.proof_asked_of(me(request).pk)
    if kind is Proof.MAILBOX and SEND in request.POST:
        proof_codes.send_proof_code(
            session=request.session, approval=approval, user=me(request), at=wall()
        )
        return HttpResponseRedirect(request.get_full_path())
    form = _proof_form(request, kind)
    by = ""
    if request.method == "POST" and form.is_valid():
        by = _checked(request, form, kind, approval_id)
    if by:
        approvals.prove(approval_id=approval_id, claim=claim_of(request), kind=by, at=wall())
        throttle.was_right(request)
        return HttpResponseRedirect(f"{approval.path}?{urlencode({APPROVAL: approval_id})}")
    return render_page(request, _proof_page(request, approval, form, kind))


def _proof_form(
    request: Request, kind: Proof
) -> ProofCodeForm | ProofPasswordForm | ReauthenticateWebAuthnForm:
    given = request.POST or None
    if kind is Proof.PASSWORD:
        return ProofPasswordForm(given)
    if "credential" in request.POST:
        return ReauthenticateWebAuthnForm(given, user=me(request))
    return ProofCodeForm(given)


def _checked(
    request: Request,
    form: ProofCodeForm | ProofPasswordForm | ReauthenticateWebAuthnForm,
    kind: Proof,
    approval_id: UUID,
) -> str:
    """By what they proved themselves; nothing when they did not, and the form says so."""
    user = me(request)
    if isinstance(form, ReauthenticateWebAuthnForm):
        post_authentication(request, form.cleaned_data["credential"], reauthenticated=True)
        return str(Authenticator.Type.WEBAUTHN)
    if kind is Proof.PASSWORD:
        given = form.cleaned_data["password"]
        if approvals.check_password(user_id=user.pk, password=given):
            return "password"
        form.add_error("password", _("A senha não confere."))
        return ""
    if kind is Proof.MAILBOX:
        return _checked_mailbox(request, form, approval_id)
    for one in queries.authenticators_with_codes(user.pk):
        if one.wrap().validate_code(form.cleaned_data["code"]):
            post_authentication(request, one, reauthenticated=True)
            return str(one.type)
    form.add_error("code", _("O código não confere."))
    return ""


def _checked_mailbox(
    request: Request, form: ProofCodeForm | ProofPasswordForm, approval_id: UUID
) -> str:
    if proof_codes.check_proof_code(
        session=request.session,
        approval_id=approval_id,
        code=form.cleaned_data["code"],
        at=wall(),
    ):
        return str(Proof.MAILBOX)
    form.add_error("code", _("O código não confere."))
    return ""


def _mailbox_cards(request: Request, approval: Approval, form: object) -> list[Content]:
    """A code that is asked for, not sent by opening a page; then where it is typed."""
    is_sent = proof_codes.is_code_sent(
        session=request.session, approval_id=approval.id, at=wall()
    )
    words = _("Enviar outro código") if is_sent else _("Enviar código por e-mail")
    button = Button(
        words, name=SEND, value="1", variant="ghost" if is_sent else "primary", block=True
    )
    lead = _("A sua conta não tem senha nem segundo fator: enviamos um código a %(email)s.")
    ask = Card([Form("", [Text(lead % {"email": me(request).email})], [button])])
    typed = form_card(form, _("Continuar"))  # type: ignore[arg-type]
    return [typed, ask] if is_sent else [ask]


def _proof_page(request: Request, approval: Approval, form: object, kind: Proof) -> Page:
    body: list[Content] = []
    factors = queries.factors_of(me(request).pk)
    if factors.passkeys:
        question = webauthn.begin_authentication(me(request))
        passkey = PasskeyBox("get", _("Usar a chave de acesso"), question=question)
        body.append(Card([Form("", fields=[passkey], actions=[])]))
    asks = form if not isinstance(form, ReauthenticateWebAuthnForm) else ProofCodeForm()
    only_codes = factors.codes_left and not factors.app_since
    if isinstance(asks, ProofCodeForm) and kind is not Proof.MAILBOX and only_codes:
        asks.fields["code"].label = _("Código de recuperação")
    if kind is Proof.MAILBOX:
        body += _mailbox_cards(request, approval, asks)
    elif kind is Proof.PASSWORD or factors.app_since or factors.codes_left:
        body.append(form_card(asks, _("Continuar")))  # type: ignore[arg-type]
    back = request.GET.get(BACK, "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        body.append(Link(_("Voltar"), back))
    failed = bool(getattr(form, "errors", None))
    return Page(
        _("Confirme que é você"),
        "bare",
        body,
        lead=approval.title,
        width="narrow",
        status=422 if failed else 200,
    )
