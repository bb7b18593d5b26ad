"""What the page of an invitation is made of."""

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.tenancy.types import Invited, Purpose
from alicerce.apps.tenancy.web.team_components import one_form
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card
from alicerce.ui.page import Page
from alicerce.ui.panels import EmptyState

__all__ = [
    "Content",
    "accept_card",
    "gone_page",
    "lead",
    "other_person_page",
    "payer_parts",
    "title",
    "visitor_parts",
]


def title(invited: Invited) -> str:
    said = {"company": invited.tenant_name}
    if invited.purpose == Purpose.PAYER:
        return _("Pagar a plataforma por %(company)s") % said
    return _("Trabalhar em %(company)s") % said


def lead(invited: Invited) -> str:
    said = {"inviter": invited.inviter, "role": invited.role}
    if invited.purpose == Purpose.PAYER:
        return _("%(inviter)s pede que uma conta de cobrança sua passe a pagar.") % said
    return _("%(inviter)s convida você para a equipe, com o papel %(role)s.") % said


def visitor_parts(invited: Invited, form: BaseForm, *, sign_in: str) -> list[Content]:
    """Both ways stand there for everybody: the page does not say whether the address is known."""
    enter = LinkButton(_("Entrar e aceitar"), sign_in, variant="primary", block=True)
    parts: list[Content] = [Card([enter], title=_("Já tenho conta"))]
    if invited.purpose == Purpose.MEMBER:
        new = one_form(form, _("Criar conta e aceitar"))
        parts.append(Card([new], title=_("Ainda não tenho conta")))
    return parts


def accept_card(invited: Invited) -> Card:
    button = Button(_("Aceitar convite"), variant="primary", size="lg", block=True)
    return Card([PostButton(button, "")])


def payer_parts(invited: Invited, form: BaseForm) -> list[Content]:
    parts: list[Content] = []
    if form.fields["account"].choices:  # type: ignore[attr-defined]
        parts.append(Card([one_form(form, _("Pagar com esta conta"))]))
    new = Button(_("Abrir uma conta em meu nome e pagar"), variant="primary", block=True)
    return [*parts, Card([PostButton(new, "", {"nova": "1"})])]


def gone_page(*, works_here: bool = False) -> Page:
    words, where = (_("Ir para a entrada"), reverse("site:sign_in"))
    if works_here:  # most often the one who used it, back at the letter
        words, where = (_("Ir para o espaço da empresa"), reverse("workspace:home"))
    way_out = LinkButton(words, where, variant="primary")
    why = _("Ele já foi usado, foi retirado ou venceu. Peça um novo a quem convidou.")
    body = EmptyState(_("O convite não vale mais"), why, way_out, icon="clock")
    return Page(_("Convite"), "bare", [body], width="narrow", status=410)


def other_person_page(here: str) -> Page:
    """It does not say whose the invitation is; who signs out is led back to it."""
    leave = PostButton(
        Button(_("Sair e usar outra conta"), variant="primary"),
        reverse("site:sign_out"),
        {"next": here},
    )
    why = _("Saia e entre com o e-mail que recebeu o convite.")
    body = EmptyState(_("Este convite é de outra pessoa"), why, leave, icon="user")
    return Page(_("Convite"), "bare", [body], width="narrow", status=403)
