"""Does serving say where the site is, stop cleanly, and tell in one sentence why an address cannot be used?"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from scripts.serve import address_problem

ROOT = Path(__file__).parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_site_is_served_where_it_says_and_ctrl_c_ends_it_without_a_trace(sqlite_url):
    environment = os.environ | {"PORT": str(free_port()), "DIRECTORY_DATABASE_URL": sqlite_url}
    server = subprocess.Popen(
        [sys.executable, "-m", "scripts.serve"], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    try:
        said = next(line for line in server.stdout if "→" in line)
        with urlopen(f"{said.split()[2]}search", timeout=30) as page:
            assert page.status == 200
        server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=30)
    finally:
        server.kill()
    assert (server.returncode, "Traceback" in errors) == (0, False), errors


def test_settings_that_cannot_be_used_are_told_in_one_sentence(sqlite_url):
    environment = os.environ | {"PORT": str(free_port()), "DIRECTORY_DATABASE_URL": sqlite_url}
    environment["YORIDOKORO_TODAY"] = "あした"
    result = subprocess.run(
        [sys.executable, "-m", "scripts.serve"], cwd=ROOT, env=environment, text=True, capture_output=True, timeout=60
    )
    assert result.returncode != 0
    assert "「あした」" in result.stderr and "Traceback" not in result.stderr


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
