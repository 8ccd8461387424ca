"""What keeps a browser on our side: the forms' token, where a post comes from, every answer's headers."""

import secrets
from typing import TypedDict
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, ValidationError

from portal.config import Settings
from portal.core.codes.keyring import Keyring
from portal.web import logs
from portal.web.doors import UNSAFE

KILOBYTE = 1024
_PAGE_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
_OTHER_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# Of the service worker, which does nothing but ask our own server.
WORKER_POLICY = (
    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: the forms' check on https asks where a post comes from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}
_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Proto")
_UNKNOWN_PROXY = (
    "{} came with a request and PORTAL_PROXIES is 0, so it is not believed. If a proxy stands before the "
    "portal, set PORTAL_PROXIES: the limits count all of its visitors as one until then (docs/settings.md)."
)
_YEAR = "max-age=31536000; includeSubDomains"


class RowNumber(IntegerConverter):
    """A whole number that a database can hold; a larger one leads nowhere instead of failing there."""

    def to_python(self, value: str) -> int:
        number = int(super().to_python(value))
        if number >= 2**63:
            raise ValidationError
        return number


class Cookie(TypedDict):
    path: str
    secure: bool
    httponly: bool
    samesite: str


def cookie() -> Cookie:
    """How every cookie of ours is set: out of reach of scripts, and of pages elsewhere that post."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    return {"path": "/", "secure": secure, "httponly": True, "samesite": "Lax"}


def configure(app: Flask, settings: Settings, keyring: Keyring) -> None:
    """Set what Flask asks for: the forms' keys, their cookie, sizes, hosts, and the proxies to believe."""
    newest, *older = keyring.forms_keys()
    app.config.update(
        SECRET_KEY=newest,
        SECRET_KEY_FALLBACKS=older,
        # The token's signer uses the last of these and accepts all: a page outlives a change of keys.
        WTF_CSRF_SECRET_KEY=[*reversed(keyring.forms_keys())],
        WTF_CSRF_TIME_LIMIT=None,
        WTF_I18N_ENABLED=False,
        SESSION_COOKIE_NAME="__Host-form" if settings.is_production else "form",
        SESSION_COOKIE_SECURE=settings.is_production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=256 * KILOBYTE,
        MAX_FORM_MEMORY_SIZE=64 * KILOBYTE,
        MAX_FORM_PARTS=100,
        TRUSTED_HOSTS=settings.hosts,
    )
    app.url_map.converters["int"] = RowNumber
    if count := settings.proxies:
        fixed = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_port=0, x_prefix=0)
        app.wsgi_app = fixed  # type: ignore[method-assign]
    else:
        app.before_request(_notice_proxy)


def install(app: Flask) -> None:
    """Refuse posts from elsewhere, then those without the forms' token; put the headers on what goes out."""
    app.before_request(_refuse_other_origins)
    CSRFProtect(app)
    app.after_request(_put_headers)
    app.jinja_env.globals["csp_nonce"] = nonce


def nonce() -> str:
    """What scripts of this one answer carry."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    drawn: str = g.csp_nonce
    return drawn


def is_from_here(site: str | None, origin: str | None, ours: set[str]) -> bool:
    """Whether a browser says that our own page sends this; one too old to say so has the token to show."""
    if site is not None:
        return site in {"same-origin", "none"}
    return origin is None or origin in ours


def _notice_proxy() -> None:
    """Say once in the life of a process that a proxy seems to stand before it of which no setting tells."""
    heard = [name for name in _FORWARDED if name in request.headers]
    if heard and not current_app.extensions.get("proxy_noticed"):
        current_app.extensions["proxy_noticed"] = True
        logs.warned(_UNKNOWN_PROXY.format(" and ".join(heard)))


def _refuse_other_origins() -> None:
    if request.method not in UNSAFE:
        return
    settings: Settings = current_app.config["PORTAL"]
    ours = {_origin(request.host_url), _origin(settings.public_url)}
    if not is_from_here(request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin"), ours):
        raise CSRFError("The request comes from another site.")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _put_headers(response: Response) -> Response:
    is_page = response.mimetype == "text/html"
    response.headers.update(_ALWAYS)
    policy = _PAGE_POLICY.format(nonce=nonce()) if is_page else _OTHER_POLICY
    response.headers.setdefault("Content-Security-Policy", policy)
    # Only what says of itself that it may be kept (the hashed files) is kept anywhere.
    response.headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = _YEAR
    return response
