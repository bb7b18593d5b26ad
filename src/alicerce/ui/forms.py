"""Forms: fields around Django's own, their errors, filters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect, Select, Textarea
from django.forms.boundfield import BoundWidget
from django.utils.safestring import SafeString

from alicerce.ui.component import Component, Content, Words

Span: TypeAlias = Literal[2, 3, 4, 6]
Kind: TypeAlias = Literal["line", "select", "text"]


@dataclass(frozen=True)
class Field(Component):
    """A label, a control, what to type, and what went wrong."""

    template = "ui/field.html"

    label: Words
    control: Content
    id: str
    hint: Words = ""
    error: Words = ""
    prefix: Words = ""
    suffix: Words = ""
    span: Span = 6
    optional: bool = False
    kind: Kind = "line"


@dataclass(frozen=True)
class Choice:
    """What a radio card says under its label."""

    detail: Words = ""
    aside: Content = ""


@dataclass(frozen=True)
class RadioCards(Component):
    """The options of a choice field as cards; `choices` adds to each by its value."""

    template = "ui/radio_cards.html"

    bound: BoundField
    choices: dict[str, Choice] = field(default_factory=dict)
    span: Span = 6

    @property
    def options(self) -> list[tuple[BoundWidget, Choice]]:
        return [
            (option, self.choices.get(str(option.data["value"]), Choice()))
            for option in self.bound.subwidgets
        ]


@dataclass(frozen=True)
class CheckList(Component):
    """Some options of a field that takes many, under a heading of their own."""

    template = "ui/check_list.html"

    legend: Words
    options: Sequence[BoundWidget]
    span: Span = 6
    error: Words = ""


@dataclass(frozen=True)
class Check(Component):
    template = "ui/check.html"

    bound: BoundField
    span: Span = 6

    @property
    def control(self) -> SafeString:
        return self.bound.as_widget(attrs={"class": "check"})


@dataclass(frozen=True)
class CheckGroup(Component):
    """Some fields of yes or no, under a heading of their own."""

    template = "ui/check_group.html"

    legend: Words
    checks: Sequence[Check]
    span: Span = 6


def form_field(
    bound: BoundField, *, span: Span = 6, prefix: Words = "", suffix: Words = ""
) -> Component:
    """The component that shows this field of a Django form."""
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        return Check(bound, span=span)
    if isinstance(widget, RadioSelect):
        return RadioCards(bound, span=span)
    return Field(
        label=bound.label,
        control=bound,
        id=bound.id_for_label,
        hint=bound.help_text,
        error=" ".join(str(error) for error in bound.errors),
        prefix=prefix,
        suffix=suffix,
        span=span,
        optional=not bound.field.required,
        kind=_kind(bound),
    )


def form_fields(form: BaseForm) -> list[Content]:
    """Every field in order; hidden ones as they are."""
    return [bound if bound.is_hidden else form_field(bound) for bound in form]


def _kind(bound: BoundField) -> Kind:
    if isinstance(bound.field.widget, Textarea):
        return "text"
    return "select" if isinstance(bound.field.widget, Select) else "line"


@dataclass(frozen=True)
class FormErrors(Component):
    """What is wrong with the form as a whole, and where the wrong fields are."""

    template = "ui/form_errors.html"

    form: BaseForm

    @property
    def fields(self) -> list[BoundField]:
        return [bound for bound in self.form if bound.errors]


@dataclass(frozen=True)
class Form(Component):
    template = "ui/form.html"

    action: str
    fields: Sequence[Content]
    actions: Sequence[Content]
    errors: FormErrors | Literal[""] = ""
    method: Literal["post", "get"] = "post"
    files: bool = False


@dataclass(frozen=True)
class Filters(Component):
    """A GET form over a list: a search box, texts, choices, and a button."""

    template = "ui/filters.html"

    action: str
    search: str = ""
    search_label: Words = ""
    texts: Sequence["FilterText"] = ()
    selects: Sequence["FilterSelect"] = ()
    keep: dict[str, str] = field(default_factory=dict)
    button: Words = ""
    """What it says; that it filters, where nothing else is said."""


@dataclass(frozen=True)
class FilterSelect(Component):
    template = "ui/filter_select.html"

    name: str
    label: Words
    options: Sequence[tuple[str, Words]]
    value: str = ""


@dataclass(frozen=True)
class FilterText(Component):
    template = "ui/filter_text.html"

    name: str
    label: Words
    value: str = ""
    kind: Literal["text", "date"] = "text"
