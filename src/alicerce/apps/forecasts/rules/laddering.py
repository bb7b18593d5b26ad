"""A ladder with some of its steps on other days."""

from collections.abc import Mapping
from dataclasses import replace

from alicerce.apps.dunning.types import ON_SERVICES, LadderSpec, Rung


def moved(spec: LadderSpec, days: Mapping[str, int]) -> LadderSpec:
    """By what they do to services; a step that was not there is put in."""
    there = {rung.kind.value for rung in spec.rungs}
    rungs = tuple(
        replace(rung, offset_days=days.get(rung.kind.value, rung.offset_days))
        for rung in spec.rungs
    )
    added = tuple(
        Rung(kind.value, days[kind.value], kind)
        for kind in ON_SERVICES
        if kind.value in days and kind.value not in there
    )
    return replace(spec, rungs=(*rungs, *added))
