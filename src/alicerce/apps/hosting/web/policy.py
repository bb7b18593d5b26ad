"""How the company suspends and removes its services, and when it hears that its servers fill up."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alicerce.apps.hosting import permissions
from alicerce.apps.hosting.models.custom import LONGEST, MOST_PLACES
from alicerce.apps.hosting.queries.services import custom
from alicerce.apps.hosting.services.operations.follow_policy import follow_policy
from alicerce.apps.hosting.types import Custom, Remover, WebAlone
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page


class PolicyFields(forms.Form):
    days_until_removal = forms.IntegerField(
        label=gettext_lazy("Dias entre o fim da assinatura e a remoção"),
        help_text=gettext_lazy("A conta fica suspensa nesse tempo, e o cliente sabe o dia."),
        min_value=0,
        max_value=LONGEST,
    )
    remover = forms.ChoiceField(
        label=gettext_lazy("Chegado o dia"),
        choices=[
            (Remover.PERSON.value, gettext_lazy("Uma pessoa confirma, digitando o domínio")),
            (Remover.CLOCK.value, gettext_lazy("A conta é removida sozinha")),
        ],
    )
    web_alone = forms.ChoiceField(
        label=gettext_lazy("Quando só o site deveria parar"),
        help_text=gettext_lazy(
            "O WHM só sabe suspender a conta inteira, com os e-mails. Escolha o que fazer então."
        ),
        choices=[
            (WebAlone.WHOLE.value, gettext_lazy("Suspender a conta inteira")),
            (
                WebAlone.NOTHING.value,
                gettext_lazy("Não suspender até que a conta inteira deva parar"),
            ),
        ],
    )

    low_room = forms.IntegerField(
        label=gettext_lazy("Avisar quando restarem tantos lugares"),
        help_text=gettext_lazy(
            "Nos servidores, para cada plano à venda. Quando não resta nenhum, avisamos outra vez e o plano "
            "aparece esgotado. Com 0, só esse segundo aviso."
        ),
        min_value=0,
        max_value=MOST_PLACES,
    )

    def typed(self) -> Custom:
        said = self.cleaned_data
        return Custom(
            said["days_until_removal"],
            Remover(said["remover"]),
            WebAlone(said["web_alone"]),
            said["low_room"],
        )


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.REMOVE)
@require_http_methods(["GET", "POST"])
def service_policy(request: Request) -> HttpResponse:
    now_so = custom()
    initial = {
        "days_until_removal": now_so.days_until_removal,
        "remover": now_so.remover,
        "web_alone": now_so.web_alone,
        "low_room": now_so.low_room,
    }
    form = PolicyFields(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        follow_policy(custom=form.typed(), at=now())
        messages.success(request, _("As regras valem a partir de agora."))
        return HttpResponseRedirect(reverse("workspace:service_policy"))
    back = reverse("workspace:services")
    actions: list[Content] = [
        Button(_("Salvar regras"), variant="primary"),
        LinkButton(_("Voltar"), back, variant="ghost"),
    ]
    title = _("Regras dos serviços")
    page = Page(
        title,
        "workspace",
        [
            Card(
                [
                    Form(
                        "",
                        form_fields(form),
                        actions,
                        errors=FormErrors(form) if form.errors else "",
                    )
                ]
            )
        ],
        lead=_(
            "O que acontece às contas de quem não paga ou encerra a assinatura, e quando avisar que falta lugar."
        ),
        breadcrumbs=[Crumb(_("Serviços"), back), Crumb(title)],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


urlpatterns = [path("servicos/regras/", service_policy, name="service_policy")]
