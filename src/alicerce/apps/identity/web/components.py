"""What the pages of identity are made of."""

from django.forms import BaseForm

from alicerce.ui.buttons import Button
from alicerce.ui.component import Words
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card
from alicerce.ui.page import Page


def one_form_page(
    *, title: Words, lead: Words, form: BaseForm, button: Words, hidden: str = ""
) -> Page:
    """A page that asks for one thing. `hidden` is where to go afterwards."""
    action = f"?next={hidden}" if hidden else ""
    body = Form(
        action=action,
        fields=form_fields(form),
        actions=[Button(button, variant="primary", size="lg", block=True)],
        errors=FormErrors(form) if form.errors else "",
    )
    status = 422 if form.errors else 200
    return Page(title, "bare", [Card([body])], lead=lead, width="narrow", status=status)
