"""The headers of every answer, the forms' token, and what is refused before a view sees it."""

import re
from io import BytesIO
from typing import Any

import pytest
from flask import request

from portal.app import create_app
from portal.config import Mode, Settings
from portal.web import keys, security
from tests import build
from tests.plumbing import clubs
from tests.plumbing.visitor import Visitor

PAGE_POLICY = (
    "default-src 'none'; script-src 'nonce-N' 'strict-dynamic'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
OTHER_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
WORKER_POLICY = (
    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
PAGE = {**EVERYWHERE, "Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-store"}
OTHER = {**EVERYWHERE, "Content-Security-Policy": OTHER_POLICY}
YEAR = "public, max-age=31536000, immutable"
HTTPS = "https://club.example"


@pytest.fixture
def visitor(app):
    return Visitor(app)


@pytest.fixture
def production(database_url, tmp_path, clock):
    """The app as it stands on the internet, with one proxy before it."""
    settings = Settings(
        mode=Mode.PRODUCTION,
        database_url=database_url,
        keys_file=tmp_path / "portal.keys",
        public_url=HTTPS,
        password_cost="low",
        proxies=1,
    )
    if not settings.keys_path.exists():
        keys.make(settings.keys_path)
    clubs.found(settings, clock)
    with clubs.closing(create_app(settings, clock=clock)) as app:
        yield app


@pytest.mark.parametrize(
    "path, status",
    [
        ("/sign-in", 200),
        ("/staff/sign-in", 200),
        ("/offers", 303),
        ("/sign-in/link/made-up", 410),
        ("/no-such-page", 404),
        ("/sign-out", 405),
        ("/assets/member.000000000000.css", 404),
    ],
)
def test_headers_of_a_page(visitor, path, status):
    answer = visitor.get(path)
    assert (answer.status_code, ours(answer)) == (status, PAGE)


def test_headers_of_a_fragment(visitor):
    answer = visitor.get("/offers", HX_Request="true")
    assert (answer.status_code, ours(answer)) == (401, PAGE)


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_headers_of_what_is_no_page(visitor, path):
    assert ours(visitor.get(path)) == {**OTHER, "Cache-Control": "no-store"}


def test_headers_of_the_service_worker(visitor):
    told = {**EVERYWHERE, "Content-Security-Policy": WORKER_POLICY, "Cache-Control": "no-cache"}
    assert ours(visitor.get("/service-worker.js")) == told


def test_an_asset_is_kept_for_a_year(visitor):
    [style] = re.findall(r'href="(/assets/member[^"]+)"', visitor.get("/sign-in").text)
    assert ours(visitor.get(style)) == {**OTHER, "Cache-Control": YEAR}


def test_what_depends_on_nobody_may_be_shared(visitor):
    [style] = re.findall(r'href="(/assets/member[^"]+)"', visitor.get("/sign-in").text)
    assert [visitor.get(path).headers.get("Vary") for path in (style, "/healthz")] == [
        "Accept-Encoding",
        None,
    ]


def test_production_asks_for_https_for_a_year(production):
    answer = Visitor(production, HTTPS).get("/sign-in")
    told = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
    assert ours(answer) == {**PAGE, **told}


def test_the_script_carries_the_nonce_of_its_own_answer(visitor):
    nonces = []
    for _ in range(2):
        answer = visitor.get("/sign-in")
        drawn = set(re.findall(r'nonce="([^"]+)"', answer.text))
        assert drawn == set(re.findall(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"]))
        nonces.append(drawn)
    assert nonces[0] != nonces[1]


def test_the_forms_cookie(visitor):
    [cookie] = visitor.get("/sign-in").headers.getlist("Set-Cookie")
    assert re.sub(r"=[^;]+", "", cookie, count=1) == "form; HttpOnly; Path=/; SameSite=Lax"


def test_the_forms_cookie_in_production(production):
    [cookie] = Visitor(production, HTTPS).get("/sign-in").headers.getlist("Set-Cookie")
    assert re.sub(r"=[^;]+", "", cookie, count=1) == "__Host-form; Secure; HttpOnly; Path=/; SameSite=Lax"


def test_a_post_without_the_token_is_refused(visitor):
    answer = visitor.client.post("/sign-out")
    assert (answer.status_code, "This page was open too long" in answer.text) == (400, True)


def test_a_post_with_the_token_goes_through(visitor):
    assert visitor.post("/sign-out").status_code == 303


def test_a_post_over_https_goes_through(production):
    assert Visitor(production, HTTPS).post("/sign-out").status_code == 303


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_a_post_from_another_site_is_refused(visitor, site):
    assert visitor.post("/sign-out", Sec_Fetch_Site=site).status_code == 400


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:81"])
def test_a_post_of_another_origin_is_refused(visitor, origin):
    assert visitor.post("/sign-out", Origin=origin).status_code == 400


@pytest.mark.parametrize(
    "site, origin, is_ours",
    [
        (None, None, True),
        ("same-origin", None, True),
        ("none", None, True),
        (None, "http://localhost", True),
        ("cross-site", "http://localhost", False),
        (None, "http://localhost.evil.example", False),
    ],
)
def test_where_a_post_comes_from(site, origin, is_ours):
    assert security.is_from_here(site, origin, {"http://localhost"}) is is_ours


def test_another_host_is_refused(app):
    assert Visitor(app, "http://evil.example").get("/sign-in").status_code == 400


@pytest.mark.parametrize("number, status", [(2**63 - 1, 200), (2**63, 404), (10**30, 404)])
def test_a_number_that_no_database_holds_leads_nowhere(app, number, status):
    app.add_url_rule("/numbered/<int:number>", view_func=lambda number: str(number))
    assert Visitor(app).get(f"/numbered/{number}").status_code == status


def test_too_large_a_body_is_refused(visitor):
    assert visitor.post("/sign-in", {"email": "a" * 300_000}).status_code == 413


def test_too_large_a_form_is_refused(visitor):
    assert visitor.client.post("/sign-in", data=parts(1, "a" * 70_000)).status_code == 413


def test_too_many_parts_are_refused(visitor):
    assert visitor.client.post("/sign-in", data=parts(101, "a")).status_code == 413


def test_a_page_outlives_a_change_of_keys(database_url, tmp_path, clock):
    settings = Settings(database_url=database_url, keys_file=tmp_path / "portal.keys")
    keys.write(settings.keys_path, build.KEYRING)
    with clubs.closing(create_app(settings, clock=clock)) as before:
        page = Visitor(before)
        token, cookie = page.token(), page.cookie("form") or ""
    keys.replace(settings.keys_path, build.KEYRING.rotated(build.CHANCE.entropy))
    with clubs.closing(create_app(settings, clock=clock)) as after:
        later = after.test_client()
        later.set_cookie("form", cookie)
        assert later.post("/sign-out", data={"csrf_token": token}).status_code == 303


def test_a_proxy_is_believed_only_where_the_settings_say_so(app, production):
    seen = []
    for one in (app, production):
        one.add_url_rule("/from", view_func=lambda: str(request.remote_addr))
        told = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9", "X-Forwarded-Host": "localhost"}
        seen.append(one.test_client().get("/from", headers=told).text)
    assert seen == ["127.0.0.1", "203.0.113.9"]


def ours(answer) -> dict[str, str]:
    """The headers about safety and keeping, the nonce made plain."""
    about = ("X-", "Referrer", "Cross", "Permissions", "Content-Security", "Cache", "Strict")
    found = {name: value for name, value in answer.headers if name.startswith(about)}
    found.pop("X-Request-Id")
    return {name: re.sub(r"nonce-[\w-]+", "nonce-N", value) for name, value in found.items()}


def parts(count: int, value: str) -> dict[str, Any]:
    """A form with an empty file, so that it is sent in parts."""
    return {f"field{number}": value for number in range(count)} | {"file": (BytesIO(), "empty.txt")}
