"""Which language is spoken: the member's, else the one chosen in this browser, else the browser's own."""

from babel import Locale
from flask import Flask, Response, current_app, request

from portal.web import i18n

COOKIE = "lang"
A_YEAR = 365 * 24 * 60 * 60


def install(app: Flask) -> None:
    """Listen to the browser before anything is said; a door that knows who comes chooses anew."""
    app.before_request(_listen)
    app.after_request(_tell_caches)
    app.jinja_env.globals.update(other_languages=others, this_page=this_page)


def of_browser() -> str:
    """What was chosen in this browser, else the first language that it asks for and we speak."""
    spoken = i18n.languages()
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in spoken else request.accept_languages.best_match(spoken, i18n.DEFAULT)


def named() -> list[tuple[str, str]]:
    """Every language that can be chosen, by its code and as its speakers call it."""
    return [(one, _own_name(one)) for one in i18n.languages()]


def others() -> list[tuple[str, str]]:
    """Those that could be chosen instead of the one spoken now."""
    return [(code, name) for code, name in named() if code != i18n.lang()]


def this_page() -> str:
    """The page that is read, for the way back to it in another language."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.path


def remember(answer: Response, language: str) -> Response:
    """Speak it in this browser from now on, wherever nobody is at the door."""
    return keep(answer, COOKIE, language)


def keep(answer: Response, name: str, value: str) -> Response:
    """A cookie for how this browser likes the portal; it says nothing of who somebody is."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    answer.set_cookie(name, value, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return answer


def _listen() -> None:
    i18n.choose(of_browser())


def _tell_caches(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def _own_name(language: str) -> str:
    name = Locale.parse(language).get_language_name(language) or language
    return name[:1].upper() + name[1:]
