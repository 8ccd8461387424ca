"""What staff read after a scan: an instruction that fills the screen, worded from what the scan came to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from portal.core.claims.claims import FrozenTerms
from portal.core.reading.bench import Look
from portal.core.redeeming.parts import Part
from portal.core.redeeming.questions import Asks
from portal.core.redeeming.scans import Outcome
from portal.counter import instructions, questions
from portal.web import dates, money, refusing, rosettes
from portal.web.i18n import gettext as _

Meta = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Twin:
    """What the customer's own screen shows too: the offer's value, paper and pattern."""

    title: str
    hue: str
    shape: int


@dataclass(frozen=True)
class Seen:
    """One verdict as it is drawn; `kind` is go, check, stop, none or idle. `yes` waits for an answer."""

    kind: str
    word: str
    headline: str
    then: str = ""
    reason: str = ""
    shape: int | None = None
    till: str | None = None
    twin: Twin | None = None
    meta: Meta = ()
    yes: str = ""
    amount: bool = False
    all_of_it: str = ""
    at_amount: str = ""
    pin: bool = False
    at_box: str = ""
    lang: str = ""
    club: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The page's own name: the word and what to do, never a code."""
        return _(
            "%(word)s: %(headline)s", word=self.word, headline=self.headline[:1].lower() + self.headline[1:]
        )


def idle() -> Seen:
    """Nothing was scanned yet."""
    return Seen("idle", _("Ready"), _("Scan a code"), _("Or type its 12 letters."))


def of(look: Look, zone: str, now: datetime) -> Seen:
    """The verdict on one scan, its instants spoken in the store's zone."""
    seen = _SEEN[look.outcome](look, zone, now)
    if look.promised is None:
        return seen
    return replace(seen, lang=look.promised.language, club=instructions.of_club(look.promised))


def refused(code: str, facts: dict[str, Any], zone: str, now: datetime) -> Seen:
    """A "no" in the words of the catalogue; an end is spoken in the zone that defined it."""
    said = refusing.staff_words(code, {"zone": zone, **facts, "now": now})
    words = {"stop": _("Don’t give it"), "check": _("Check one thing"), "none": _("No answer yet")}
    return Seen(said.verdict, words[said.verdict], said.headline, said.say, reason=code)


def _refused(look: Look, zone: str, now: datetime) -> Seen:
    # What happened at a till is spoken in the zone of the till that asks.
    facts = look.facts | ({"zone": zone} if "redeemed_at" in look.facts else {})
    seen = refused(look.refusal or "", facts, zone, now)
    if look.promised is None:
        return seen
    meta: Meta = ((_("For"), look.promised.title),)
    if "redeemed_at" in facts:
        used = dates.past_words(facts["redeemed_at"], now, zone)
        say = _("Say: “This one was used %(used)s. Your other codes are in your wallet.”", used=used)
        return replace(seen, then=say, meta=((_("Used"), seen.then), *meta), shape=_shape(look))
    return replace(seen, meta=meta, shape=_shape(look))


def _good(look: Look, word: str, **more: Any) -> Seen:
    promised = _promised(look)
    seen = Seen(
        "go",
        word,
        instructions.give(promised, Part(look.uses, look.amount)),
        instructions.more(promised),
        shape=_shape(look),
        till=promised.till_key,
        twin=_twin(look, promised),
        meta=_rest(look, promised) + _beside(promised),
    )
    return replace(seen, **more)


def _redeemed(look: Look, zone: str, now: datetime) -> Seen:
    return _good(look, _("Redeemed"))


def _ready(look: Look, zone: str, now: datetime) -> Seen:
    return _good(look, _("Good to give"), yes=_("Redeem"))


def _counted_once(look: Look, zone: str, now: datetime) -> Seen:
    return _good(
        look, _("Counted once"), then=_("It was scanned twice in a row. Only one use is gone."), meta=()
    )


def _asked(look: Look, zone: str, now: datetime) -> Seen:
    # A question that was put before there were several kinds is about the minimum.
    asks: list[str] = look.facts.get("asks", [Asks.MINIMUM_PURCHASE])
    first, *others = (questions.ASK[ask](look, zone, now) for ask in asks)
    said = (first.then, *(other.headline for other in others))
    amount = Asks.AMOUNT in asks
    return _good(
        look,
        _("Check one thing"),
        kind="check",
        headline=first.headline,
        then=instructions.sentences(*said),
        yes=_("Redeem this sum") if amount else first.yes,
        amount=amount,
        all_of_it=questions.all_of_it(look) if amount else "",
    )


def _left_unused(look: Look, zone: str, now: datetime) -> Seen:
    then = _("Nothing was used: %(benefit)s.", benefit=instructions.benefit(_promised(look)))
    return _quiet(look, _("Left unused"), _("They keep the code"), then)


def _undone(look: Look, zone: str, now: datetime) -> Seen:
    then = _("Nothing is used any more: %(benefit)s.", benefit=instructions.benefit(_promised(look)))
    return _quiet(look, _("Undone"), _("The code works again"), then)


def _quiet(look: Look, word: str, headline: str, then: str) -> Seen:
    return Seen("idle", word, headline, then, shape=_shape(look), twin=_twin(look, _promised(look)))


def _unknown(look: Look, zone: str, now: datetime) -> Seen:
    return refused("code_unknown", {}, zone, now)


def _mistyped(look: Look, zone: str, now: datetime) -> Seen:
    seen = refused("code_malformed", {}, zone, now)
    return replace(seen, at_box=instructions.sentences(seen.headline, seen.then))


def _paused(look: Look, zone: str, now: datetime) -> Seen:
    seen = refused("guessing_blocked", look.facts, zone, now)
    return replace(seen, pin=bool(look.facts.get("fresh_sign_in")))


def _open(look: Look, zone: str, now: datetime) -> Seen:
    return refused("service_unavailable", {}, zone, now)


def _promised(look: Look) -> FrozenTerms:
    assert look.promised is not None, look.outcome
    return look.promised


def _shape(look: Look) -> int:
    return rosettes.shape_of(look.offer_id)


def _twin(look: Look, promised: FrozenTerms) -> Twin:
    return Twin(instructions.value(promised), promised.hue, _shape(look))


def _rest(look: Look, promised: FrozenTerms) -> Meta:
    """What a claim that is used in parts has left; nothing where one use is all of it."""
    if look.amount_left is not None:
        return ((_("Left"), money.money(look.amount_left, promised.currency)),)
    if look.uses_allowed == 1:
        return ()
    return ((_("Left"), _("%(left)s of %(all)s", left=look.uses_left, all=look.uses_allowed)),)


def _beside(promised: FrozenTerms) -> Meta:
    code: Meta = ((_("Store code"), promised.store_code),) if promised.store_code else ()
    alone: Meta = () if promised.combines else ((_("With other offers"), _("No")),)
    return code + alone


_SEEN: dict[Outcome, Callable[[Look, str, datetime], Seen]] = {
    Outcome.OPEN: _open,
    Outcome.REDEEMED: _redeemed,
    Outcome.READY: _ready,
    Outcome.ASKED: _asked,
    Outcome.LEFT_UNUSED: _left_unused,
    Outcome.COUNTED_ONCE: _counted_once,
    Outcome.UNDONE: _undone,
    Outcome.REFUSED: _refused,
    Outcome.MISTYPED: _mistyped,
    Outcome.FOREIGN: _unknown,
    Outcome.UNKNOWN: _unknown,
    Outcome.PAUSED: _paused,
}
