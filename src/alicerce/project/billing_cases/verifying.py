"""Each scenario against our rules: what agrees, what differs, and what we cannot say."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from alicerce.project.billing_cases import recipes
from alicerce.project.billing_cases.comparing import agrees, shown
from alicerce.project.billing_cases.given import NAMES, Given
from alicerce.project.billing_cases.proofs import (
    NOT_YET,
    NOT_YET_KEYS,
    POLICIES,
    PROVED,
    PROVED_ANYWHERE,
    PROVED_KEYS,
)
from alicerce.project.billing_cases.reading import Scenario
from alicerce.project.billing_cases.recipes.registry import family_of, fitting, is_answered

PROSE = frozenset({"note", "never", "peer", "title", "source", "because"})
WRONG_VALUES = (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, IndexError)

assert recipes.__all__  # importing them fills the registry


class Status(StrEnum):
    OK = "ok"
    DIFFERS = "differs"
    PROVED = "proved by tests"
    NOT_YET = "not yet"
    NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True)
class Difference:
    """One expectation that our rules do not meet. `case` counts from 1; 0 when there is only one."""

    case: int
    name: str
    expected: Any
    got: Any

    def __str__(self) -> str:
        where = f"case {self.case}: " if self.case else ""
        return f"{where}{self.name} expected {self.expected}, got {self.got}"


@dataclass(frozen=True)
class Verdict:
    id: str
    title: str
    status: Status
    why: str = ""
    differences: tuple[Difference, ...] = ()
    tests: tuple[str, ...] = ()
    policy: str = ""
    answered: int = 0  # expectations that agree
    ignored: tuple[str, ...] = ()  # what was given and no rule looked at


@dataclass(frozen=True)
class _Judged:
    """One case of a scenario."""

    agreed: int
    differences: tuple[Difference, ...]
    unanswered: tuple[str, ...]
    waiting: tuple[str, ...]
    trouble: str
    ignored: tuple[str, ...]


def verify(scenario: Scenario) -> Verdict:
    key = (scenario.id, scenario.area)
    if key in PROVED:
        return Verdict(scenario.id, scenario.title, Status.PROVED, tests=PROVED[key])
    if key in NOT_YET:
        return Verdict(scenario.id, scenario.title, Status.NOT_YET, NOT_YET[key])
    family = family_of(scenario.area, scenario.id)
    if scenario.id in PROVED_ANYWHERE and not is_answered(scenario.area):
        tests = PROVED_ANYWHERE[scenario.id]
        return Verdict(scenario.id, scenario.title, Status.PROVED, tests=tests)
    if not family:
        return _not_understood(scenario, f"no rules for the area `{scenario.area}`")
    judged = [
        _judge(scenario, family, case, number)
        for number, case in enumerate(scenario.cases or ({},), start=1)
    ]
    return _verdict(scenario, judged)


def _verdict(scenario: Scenario, judged: list[_Judged]) -> Verdict:
    differences = tuple(one for case in judged for one in case.differences)
    if differences:
        return _as(scenario, Status.DIFFERS, judged, differences=differences)
    trouble = [case.trouble for case in judged if case.trouble]
    unanswered = _once(name for case in judged for name in case.unanswered)
    if trouble or unanswered:
        missing = f"no rule of ours says `{'`, `'.join(unanswered)}`" if unanswered else ""
        return _not_understood(scenario, "; ".join(filter(None, [missing, *_once(trouble)])))
    if not sum(case.agreed for case in judged):
        return _not_understood(scenario, "nothing to compare is expected")
    waiting = _once(one for case in judged for one in case.waiting)
    if waiting:
        return _as(scenario, Status.NOT_YET, judged, why="; ".join(waiting))
    return _as(scenario, Status.OK, judged)


def _judge(scenario: Scenario, family: str, case: Mapping[str, Any], number: int) -> _Judged:
    steps = {"steps": list(scenario.steps)} if scenario.steps else {}
    given = Given(scenario.given, scenario.when, steps, case)
    asked = {**scenario.expect, **steps, **case}
    answers, trouble = _answers(family, given, asked)
    told = {**scenario.given, **scenario.when}
    found = _Findings(scenario.id, number if scenario.cases else 0, answers)
    for name, value in asked.items():
        if name not in PROSE and not (name in case and name in given.read):
            found.look(name, value)
    return found.judged(trouble, ignored=tuple(name for name in given.unread() if name in told))


@dataclass
class _Findings:
    """What the expectations of one case come to, one by one."""

    scenario: str
    number: int
    answers: Mapping[str, Any]
    agreed: int = 0
    differences: list[Difference] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    def look(self, name: str, expected: Any) -> None:
        key, answer = (
            (self.scenario, name),
            name if name in self.answers else NAMES.get(name, name),
        )
        if key in NOT_YET_KEYS:
            self.waiting.append(NOT_YET_KEYS[key])
        elif key in PROVED_KEYS:
            self.agreed += 1
        elif answer not in self.answers:
            self.unanswered.append(name)
        elif _agrees(expected, self.answers[answer]):
            self.agreed += 1
        else:
            got = _part(expected, self.answers[answer])
            self.differences.append(Difference(self.number, name, shown(expected), got))

    def judged(self, trouble: str, *, ignored: tuple[str, ...]) -> _Judged:
        return _Judged(
            self.agreed,
            tuple(self.differences),
            tuple(self.unanswered),
            tuple(self.waiting),
            trouble,
            ignored,
        )


def _answers(family: str, given: Given, asked: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """What all fitting rules say; of two that answer the same, the first. And why one could not."""
    answers: dict[str, Any] = {}
    trouble = []
    chosen = fitting(family, given)
    for one in chosen:
        try:
            answers = {**one.rule(given, asked), **answers}
        except WRONG_VALUES as error:
            trouble.append(f"{type(error).__name__}: {error}")
    if not chosen or not answers:
        trouble.append(f"no rule of ours takes {', '.join(given.names()) or 'nothing'}")
    return answers, "" if answers else _once(trouble)[0]


def _agrees(expected: Any, got: Any) -> bool:
    try:
        return agrees(expected, got)
    except WRONG_VALUES:
        return False


def _part(expected: Any, got: Any) -> Any:
    """Of a mapping only what was asked for."""
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        return {str(key): _part(one, got.get(str(key))) for key, one in expected.items()}
    return shown(got)


def _as(scenario: Scenario, status: Status, judged: list[_Judged], **more: Any) -> Verdict:
    return Verdict(
        scenario.id,
        scenario.title,
        status,
        policy=POLICIES.get(scenario.id, "") if scenario.verdict == "policy" else "",
        answered=sum(case.agreed for case in judged),
        ignored=tuple(_once(name for case in judged for name in case.ignored)),
        tests=tuple(_tests_of(scenario)),
        **more,
    )


def _tests_of(scenario: Scenario) -> Iterator[str]:
    """Of the expectations that only a test can assert."""
    for (name, key), tests in PROVED_KEYS.items():
        if name == scenario.id and key in scenario.expect:
            yield from tests


def _not_understood(scenario: Scenario, why: str) -> Verdict:
    return Verdict(scenario.id, scenario.title, Status.NOT_UNDERSTOOD, why)


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
