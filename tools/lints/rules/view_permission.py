"""Every view says who may see it: @requires(...), @sensitive(...) or @public_page."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Function, Source, last

ROUTES = {"path", "re_path"}


def check(source: Source) -> Iterator[Finding]:
    if source.is_test or not (source.kind in {"web", "webhooks"} or source.ring == "surfaces"):
        return
    routed = set(_routed(source))
    silent = [view for view in source.functions if not _speaks(view)]
    for view in silent:
        if view.name in routed or (not routed and _looks_like_a_view(view)):
            yield Finding(view.lineno, f"`{view.name}` needs @requires(...) or @public_page")
    yield from _classes(source)


def _routed(source: Source) -> Iterator[str]:
    for call in source.calls:
        if (
            last(call.func) in ROUTES
            and len(call.args) > 1
            and isinstance(call.args[1], ast.Name)
        ):
            yield call.args[1].id


def _classes(source: Source) -> Iterator[Finding]:
    for call in source.calls:
        if last(call.func) in ROUTES and len(call.args) > 1:
            view = call.args[1]
            if isinstance(view, ast.Call) and last(view.func) == "as_view":
                yield Finding(call.lineno, "a class view says nothing: wrap it in a function")


def _speaks(view: Function) -> bool:
    names = [last(decorator) for decorator in view.decorator_list]
    said = {"public_page", "sensitive"}
    return any(name in said or name.startswith("requires") for name in names)


def _looks_like_a_view(view: Function) -> bool:
    arguments = view.args.args
    takes_request = bool(arguments) and arguments[0].arg == "request"
    answers = last(view.returns).endswith(("Response", "ResponseBase"))
    return takes_request and answers and not view.name.startswith("_")
