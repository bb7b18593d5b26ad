"""What every surface shows while a page is seen in another person's place."""

from django.http import HttpRequest
from django.template.context_processors import csrf
from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.identity import public as identity
from alicerce.apps.identity.types import Person, StandIn
from alicerce.kernel.db import transaction
from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.component import Content, ambient
from alicerce.ui.standing_in import StandInBar


def stand_in_bar(request: HttpRequest) -> Content:
    standing: StandIn | None = getattr(request, "impersonation", None)
    subject = subject_of(request)
    if standing is None or subject is None:
        return ""
    mode = _("Pode alterar.") if standing.errand.may_write else _("Só leitura.")
    leave = Button(_("Sair desta visão"), size="sm", icon="log-out")
    return StandInBar(
        text=_("Você vê como %(name)s.") % {"name": subject.name or subject.email},
        mode=mode,
        ends_at=standing.ends_at,
        total_seconds=int(identity.IMPERSONATION_LASTS.total_seconds()),
        label=_("Tempo que resta"),
        way_out=PostButton(leave, reverse("site:stand_in_leave")),
    )


def drawn_bar(request: HttpRequest) -> str:
    """For pages that no shell draws: what was refused or is not there."""
    with ambient(csrf(request)):
        return str(stand_in_bar(request))


@transaction()
def subject_of(request: HttpRequest) -> Person | None:
    """In whose place this page is seen; nobody's, as a rule."""
    standing: StandIn | None = getattr(request, "impersonation", None)
    return identity.person(standing.subject_id) if standing else None
