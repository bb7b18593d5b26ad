"""Clusters of these tests' own: they break things that other tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from alicerce.project.embedded.postgres import Cluster, open_cluster
from alicerce.project.embedded.throwaway import temporary_folder


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with temporary_folder() as path:
        yield path


@pytest.fixture(scope="module")
def cluster(folder: Path) -> Iterator[Cluster]:
    """Made and running."""
    one = reopened(folder)
    one.start(say=print)
    yield one
    one.stop()


def reopened(folder: Path) -> Cluster:
    """The same cluster, as another run of the program would see it."""
    return open_cluster(folder=folder, password="only-for-tests", settings={"fsync": "off"})
