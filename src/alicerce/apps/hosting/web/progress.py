"""A provisioning run step by step: whole for operators, in plain words for customers."""

from datetime import timedelta
from typing import cast

from django.utils.translation import gettext as _

from alicerce.apps.hosting.queries.runs import RunView, StepView
from alicerce.ui.buttons import Button, ConfirmDialog
from alicerce.ui.component import Content
from alicerce.ui.formats import duration
from alicerce.ui.layout import Card
from alicerce.ui.panels import LogLine, Note, Step, Steps, StepState, Waiting
from alicerce.ui.texts import LiveMark


def full_steps(progress: RunView) -> Steps:
    """For operators: every attempt, every line of the log."""
    return Steps([_full_step(step) for step in progress.steps], _("Etapas da ativação"))


def _full_step(step: StepView) -> Step:
    upcoming = step.next_at if step.state == "wait" else None
    aside = _("próxima tentativa") if upcoming else _took(step)
    return Step(
        step.title,
        cast(StepState, step.state),
        detail=step.detail,
        aside=aside,
        when=upcoming or step.finished_at,
        attempts=step.attempts,
        log=[LogLine(line.at, line.text, line.raw) for line in step.log],
    )


def story(progress: RunView) -> list[Content]:
    """For operators: why it stopped, if it did, and its steps."""
    row = progress.run
    live: Content = "" if row.is_over else LiveMark()
    steps = Card([full_steps(progress)], title=_("Etapas"), aside=live)
    if not row.can_retry:
        return [steps]
    why = (
        _("A ativação parou.")
        if row.is_activation
        else _("%(operation)s: parou.") % {"operation": row.title}
    )
    return [Note("bad", row.error or _("Veja o registro da etapa."), title=why), steps]


def retry_button(action: str) -> ConfirmDialog:
    return ConfirmDialog(
        "tentar",
        Button(_("Tentar de novo"), icon="refresh-cw", variant="primary"),
        _("Continuar de onde parou?"),
        [
            _(
                "O que já foi feito fica como está. A etapa que parou começa de novo, "
                "e antes de repetir um pedido perguntamos ao servidor o que já foi feito."
            )
        ],
        _("Tentar de novo"),
        action,
    )


def activation(progress: RunView | None) -> list[Content]:
    """For customers: what is done and what comes, in plain words."""
    if progress is None:
        return [Waiting(_("Pagamento confirmado. A ativação começa agora…"))]
    parts: list[Content] = [
        Steps([_plain_step(step) for step in progress.steps], _("Etapas da ativação"))
    ]
    if progress.run.can_retry:
        parts.append(
            Note(
                "warn",
                _("Nossa equipe já foi avisada e cuida disto. Você não precisa fazer nada."),
                title=_("A ativação está demorando mais que o normal."),
            )
        )
    return parts


def _plain_step(step: StepView) -> Step:
    state = "wait" if step.state == "fail" else cast(StepState, step.state)
    detail = _("Está demorando. Tentamos de novo sozinhos.") if step.state == "wait" else ""
    return Step(step.title, state, detail=detail, aside=_took(step))


def _took(step: StepView) -> str:
    if step.milliseconds is None:
        return ""
    return duration(timedelta(milliseconds=step.milliseconds))


def activation_card(progress: RunView | None) -> Card:
    live = progress is None or not progress.run.is_over
    return Card(activation(progress), title=_("Ativação"), aside=LiveMark() if live else "")
