"""What people choose about a dump."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hosting import public as hosting
from alicerce.ui.component import Words


class DumpFields(forms.Form):
    file = forms.FileField(
        label=_("Cópia do banco de dados"),
        help_text=_(
            "Um dump de MariaDB ou MySQL (.sql ou .sql.gz), ou um ZIP com um CSV por tabela."
            " Até 64 MB; comprimido com gzip cabe bem mais."
        ),
        widget=forms.FileInput(attrs={"accept": ".sql,.gz,.zip"}),
    )


class ServerFields(forms.Form):
    """Which server there is which one here. None is recorded without touching any."""

    def __init__(self, *args: Any, names: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = list(names)
        known = hosting.server_names()
        choices: list[tuple[str, Words]] = [("", _("Nenhum: só registrar"))]
        choices += [(str(id_), name) for id_, name in hosting.server_choices()]
        for place, name in enumerate(self.names):
            self.fields[f"server{place}"] = forms.ChoiceField(
                label=name,
                choices=choices,
                required=False,
                initial=str(known.get(name.lower(), "")),
            )

    def servers(self) -> dict[str, str]:
        return {
            name: self.cleaned_data[f"server{place}"] for place, name in enumerate(self.names)
        }
