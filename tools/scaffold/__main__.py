"""`python -m tools.scaffold loyalty --noun card`: a new app, in the shape every app has."""

import argparse
import keyword
import re
import sys
from pathlib import Path
from string import Template

MODELS = Path(__file__).parent / "app"
NEXT_STEPS = """{app} is at {folder}. Now:
  1. place it in `.importlinter`, contract "Order of the apps": who is above it?
  2. add "alicerce.apps.{app}" to INSTALLED_APPS in src/alicerce/project/settings/base.py
  3. alicerce manage makemigrations {app} && python -m tools.lints.migrations src
  4. grant {app}:read and {app}:write to roles in src/alicerce/apps/tenancy/rules.py
  5. python -m tools.map && alicerce check && alicerce test src/alicerce/apps/{app}
An arguable place deserves a page in docs/decisions/."""


def main(arguments: list[str]) -> int:
    options = _parser().parse_args(arguments)
    app, noun = options.app, options.noun or options.app.rstrip("s")
    if not (_is_name(app) and _is_name(noun)):
        print(
            f"{app!r} and {noun!r}: an app and its noun are lower-case words", file=sys.stderr
        )
        return 2
    folder = options.root / "src" / "alicerce" / "apps" / app
    if folder.exists():
        print(f"{folder} is already there", file=sys.stderr)
        return 1
    lay_out(folder, app=app, noun=noun)
    print(NEXT_STEPS.format(app=app, folder=folder))
    return 0


def lay_out(folder: Path, *, app: str, noun: str) -> None:
    words = {
        "app": app,
        "App": _camel(app),
        "noun": noun,
        "Noun": _camel(noun),
        "NOUN": noun.upper(),
    }
    for model in sorted(path for path in MODELS.rglob("*.tpl") if path.is_file()):
        name = Template(str(model.relative_to(MODELS).with_suffix(""))).substitute(words)
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = Template(model.read_text(encoding="utf-8")).substitute(words)
        file.write_text(text, encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="alicerce new-app", description=__doc__)
    parser.add_argument("app", help="its name: a capability, lower case (loyalty)")
    parser.add_argument("--noun", help="what it keeps, in the singular (card)")
    root = Path(__file__).resolve().parents[2]
    parser.add_argument("--root", type=Path, default=root, help="another checkout")
    return parser


def _is_name(word: str) -> bool:
    return bool(re.fullmatch(r"[a-z][a-z_]*[a-z]", word)) and not keyword.iskeyword(word)


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
