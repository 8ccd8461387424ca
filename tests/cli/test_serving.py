"""`portal serve` in a process of its own: it starts with nothing, says what is wrong, stops with manners."""

import socket
import subprocess
import time

import pytest

from tests.plumbing import serving
from tests.plumbing.command import PORTAL
from tests.plumbing.project import ROOT

SLOW_POST = (
    "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 7\r\nConnection: close\r\n\r\nemail"
)


def test_a_new_checkout_is_served_at_once(tmp_path):
    with serving.served(tmp_path) as server:
        assert [server.get(path) for path in ("/readyz", "/sign-in", "/offers")] == [200, 200, 303]
        code, written = server.stop()
    assert (code, "Traceback" in written) == (0, False)


def test_a_stop_finishes_what_has_begun(tmp_path):
    with serving.served(tmp_path) as server, socket.create_connection(("127.0.0.1", server.port)) as slow:
        slow.sendall(SLOW_POST.encode())
        for _ in range(20):  # so that what was sent before these has surely been read
            server.get("/healthz")
        server.ask_to_stop()
        wait_until_closed(server)
        slow.sendall(b"=x")
        assert slow.recv(100).startswith(b"HTTP/1.1 400 ")
        assert server.stop()[0] == 0


def test_several_processes_share_the_club(tmp_path):
    with serving.served(tmp_path, PORTAL_WORKERS="2") as server:
        assert {server.get("/readyz") for _ in range(10)} == {200}


def test_after_a_kill_the_port_is_free_again(tmp_path):
    with serving.served(tmp_path, PORTAL_WORKERS="2") as server:
        server.process.kill()
        server.process.wait()
        wait_until_closed(server)


@pytest.mark.parametrize(
    "settings, said",
    [
        ({"PORTAL_THREADS": "none"}, "PORTAL_THREADS: Input should be a valid integer"),
        ({"PORTAL_CLUB_ZONE": "Mars"}, "PORTAL_CLUB_ZONE: is no time zone"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL: must begin with sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/x"}, "The database gives no answer: "),
        ({"PORTAL_MODE": "production"}, "Settings: production needs DATABASE_URL and PORTAL_KEYS_FILE"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path, settings, said):
    answer = serve(tmp_path, **settings)
    assert (answer.returncode, answer.stderr.startswith(said)) == (2, True)
    assert answer.stderr.count("\n") == 1


def test_a_taken_port_is_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = serve(tmp_path, PORT=str(taken.getsockname()[1]))
    assert (answer.returncode, answer.stderr.startswith("PORT: nothing can listen on ")) == (2, True)


def test_production_makes_nothing_up(tmp_path):
    live = {
        "PORTAL_MODE": "production",
        "PORTAL_PUBLIC_URL": "https://club.example",
        "DATABASE_URL": f"sqlite:///{tmp_path}/live.db",
        "PORTAL_KEYS_FILE": str(tmp_path / "live.keys"),
    }
    said = [serve(tmp_path, **live).stderr]
    for step in ("upgrade", "admin create boss@example.com --link"):
        run(tmp_path, step.split(), live)
        said.append(serve(tmp_path, **live).stderr)
    assert [line.partition("Run: ")[2].partition(" (")[0].strip() for line in said] == [
        "portal upgrade",
        "portal admin create MAIL --name NAME",
        "portal keys init",
    ]


def serve(folder, **settings):
    return run(folder, ["serve"], {"PORT": str(serving.free_port()), **settings})


def run(folder, words, settings):
    return subprocess.run(
        [*PORTAL, *words],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )


def wait_until_closed(server):
    """Whoever comes now is not answered any more."""
    ends = time.monotonic() + serving.PATIENCE
    while time.monotonic() < ends:
        try:
            server.get("/healthz", patience=3)
        except OSError:
            return
    raise AssertionError("it still answers")
