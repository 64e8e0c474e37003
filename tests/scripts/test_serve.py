"""Does serving tell in one sentence why an address cannot be used?"""

import socket

import pytest

from scripts.serve import address_problem


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_free_port_is_no_problem():
    assert address_problem("127.0.0.1", str(free_port())) is None


def test_a_taken_port_is_named_with_another_to_try():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"PORT={port % 65535 + 1} scripts/run" in address_problem("127.0.0.1", str(port))


@pytest.mark.parametrize("port", ["", "0", "八千", "８０００", "-1", "65536", "80 00", "²"])
def test_a_port_that_is_no_number_is_refused_in_words(port):
    assert f"「{port}」" in address_problem("127.0.0.1", port)
