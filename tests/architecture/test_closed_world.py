"""Tests talk to this machine and to nobody else."""

import socket

import pytest


def test_nobody_outside_can_be_reached():
    with socket.socket() as caller, pytest.raises(AssertionError, match="tried to reach"):
        caller.connect(("192.0.2.1", 80))
