"""Translations without gettext's programs: `python -m tools.i18n update|compile|check`."""

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from alicerce.surfaces.api.languages import messages

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "alicerce"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
DOCUMENT = ROOT / "docs" / "openapi" / "openapi.json"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sources() -> Iterator[Path]:
    """Every file that may hold words for people, in a stable order."""
    found = [
        *PACKAGE.rglob("*.py"),
        *PACKAGE.rglob("templates/**/*.html"),
        *PACKAGE.rglob("templates/**/*.txt"),
    ]
    for path in sorted(set(found)):
        if not {"tests", "migrations"} & set(path.parts):
            yield path


def extracted() -> Catalog:
    """What the sources say now, each message with the files it comes from."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for path in sources():
        for _, words, _, context in extract(
            "python", BytesIO(_as_python(path)), KEYWORDS, options={"encoding": "utf-8"}
        ):
            place = (str(path.relative_to(PACKAGE)), 0)
            catalog.add(words, locations=[place], context=context)
    for words in _of_the_api():
        catalog.add(words, locations=[(DOCUMENT.name, 0)])
    return catalog


def _of_the_api() -> Iterator[str]:
    """What the document of the API says, as it is frozen."""
    yield from sorted(messages(json.loads(DOCUMENT.read_bytes())))


def _as_python(path: Path) -> bytes:
    """A template becomes the gettext calls that it makes, as Django's own extraction does."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    return templatize(text).encode()


def read() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en", charset="utf-8", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8")


def update() -> list[str]:
    """Bring the catalogue up to the sources: new messages empty, gone ones dropped, nothing guessed."""
    catalog = read()
    catalog.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.project, catalog.version = "Alicerce", "interface"
    catalog.header_comment = "# The interface in English."
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(_po(catalog))
    return untranslated(catalog)


def _po(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, sort_output=True, omit_header=False, width=98, include_lineno=False)
    return out.getvalue()


def compiled(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def compile_catalog() -> None:
    PO.with_suffix(".mo").write_bytes(compiled(read()))


def untranslated(catalog: Catalog) -> list[str]:
    return [str(message.id) for message in catalog if message.id and not _is_complete(message)]


def _is_complete(message: Message) -> bool:
    words = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return all(words) and not message.fuzzy


def check() -> list[str]:
    """Complaints: a message missing, left over, empty, fuzzy or malformed, or a stale .mo."""
    catalog, now = read(), extracted()
    complaints = [f"not in the catalogue: {key!r}" for key in _keys(now) - _keys(catalog)]
    complaints += [f"no longer used: {key!r}" for key in _keys(catalog) - _keys(now)]
    complaints += [f"not translated: {words!r}" for words in untranslated(catalog)]
    complaints += [
        f"malformed: {message.id!r}: {error}"
        for message, errors in catalog.check()
        for error in errors
    ]
    mo = PO.with_suffix(".mo")
    if not mo.exists() or mo.read_bytes() != compiled(catalog):
        complaints.append(
            "django.mo is older than django.po: run `python -m tools.i18n compile`"
        )
    return sorted(complaints)


def _keys(catalog: Catalog) -> set[tuple[str, str]]:
    return {(str(message.id), message.context or "") for message in catalog if message.id}


def main(arguments: list[str]) -> int:
    settings.configure()
    django.setup()
    match arguments:
        case ["update"]:
            missing = update()
            print(
                f"{len(missing)} to translate in {PO.relative_to(ROOT)}", *missing, sep="\n  "
            )
        case ["compile"]:
            compile_catalog()
        case ["check"]:
            complaints = check()
            print(*complaints, sep="\n")
            return 1 if complaints else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
