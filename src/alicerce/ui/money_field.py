"""A field for an amount of money, typed as people write it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SHAPE = re.compile(r"(?P<units>\d{1,9}|\d{1,3}(?:[.,\s]\d{3}){1,2})(?:[.,](?P<cents>\d{1,2}))?")


class MoneyField(forms.Field):
    """Cents. `1.234,56`, `1234.56` and `1234` are understood, whatever the language."""

    default_error_messages = {
        "invalid": _("Escreva um valor como 49,90."),
        "too_much": _("O valor é alto demais."),
    }

    def __init__(self, *, max_cents: int, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)
        self.max_cents = max_cents

    def to_python(self, value: Any) -> int | None:
        said = str(value or "").replace("R$", "").strip()
        if not said:
            return None
        found = SHAPE.fullmatch(said)
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        units = int(re.sub(r"\D", "", found["units"]))
        cents = units * 100 + int((found["cents"] or "0").ljust(2, "0"))
        if cents > self.max_cents:
            raise forms.ValidationError(self.error_messages["too_much"], code="too_much")
        return cents

    def prepare_value(self, value: Any) -> Any:
        """What we keep is cents; what somebody typed stays as it is."""
        if isinstance(value, int):
            return f"{value // 100},{value % 100:02d}"
        return value
