"""What a plan asks of its buyers, and what they answered."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class FieldKind(StrEnum):
    """How it is answered. A taxpayer's number and a phone are always personal."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    DOCUMENT = "document"
    PHONE = "phone"


MOST_FIELDS = 30
"""Of one plan."""
LONGEST_ANSWER = {FieldKind.SHORT_TEXT: 200, FieldKind.LONG_TEXT: 2000}
ALWAYS_PERSONAL = frozenset({FieldKind.DOCUMENT, FieldKind.PHONE})


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A field of a plan as it is written down; its choices are their own words."""

    kind: FieldKind
    label: str
    label_en: str = ""
    help: str = ""
    is_required: bool = True
    is_personal: bool = False
    choices: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field as it is asked today."""

    id: UUID
    plan_id: UUID
    kind: FieldKind
    label: str
    label_en: str
    help: str
    is_required: bool
    is_personal: bool
    choices: tuple[str, ...]
    position: int

    def written(self) -> FieldForm:
        """As somebody would write it down anew, elsewhere."""
        return FieldForm(
            kind=self.kind,
            label=self.label,
            label_en=self.label_en,
            help=self.help,
            is_required=self.is_required,
            is_personal=self.is_personal,
            choices=self.choices,
            position=self.position,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to a field, with the words it was asked in."""

    field_id: UUID
    kind: FieldKind
    label: str
    label_en: str
    is_personal: bool
    value: str


def label_in(language: str, label: str, label_en: str) -> str:
    """In the reader's language, where the company wrote it in that."""
    return label_en if label_en and language.startswith("en") else label
