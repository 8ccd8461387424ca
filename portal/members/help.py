"""Help: five topics, each an answer short enough to read at a counter."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.members import members
from portal.members.members import bp
from portal.web.answers import found
from portal.web.i18n import lazy


@dataclass(frozen=True)
class Topic:
    """One question with its answer, and the page on which to do something about it."""

    slug: str
    title: str
    answer: tuple[str, ...]
    endpoint: str
    way_on: str


TOPICS = (
    Topic(
        "claiming",
        lazy("How do I claim an offer?"),
        (
            lazy("Open Offers and choose Claim. The card says what it costs and what it is bound to."),
            lazy(
                "The code is yours at once and waits in your wallet. What you claimed stays as it "
                "was, even if the offer changes later."
            ),
            lazy("Where you can’t claim, the card says why, and what would change that."),
        ),
        "members.offers",
        lazy("See my offers"),
    ),
    Topic(
        "using",
        lazy("How do I use a code in a store?"),
        (
            lazy(
                "Before you pay, open your wallet and show the code. The cashier scans the square or "
                "types the 12 letters."
            ),
            lazy("If it does not scan, turn your screen brightness up, or choose Full screen."),
            lazy("A printed code works as well. Without your phone, give your card number at the counter."),
        ),
        "members.wallet",
        lazy("See my wallet"),
    ),
    Topic(
        "giving-back",
        lazy("Can I give a code back?"),
        (
            lazy(
                "Yes, while it is unused and the time to do so lasts. The page of the code says until when."
            ),
            lazy(
                "The points you paid return at once, with the same end date as before. Points whose "
                "end has passed meanwhile expire as they return."
            ),
            lazy("A code that was used by mistake can be undone at the counter: ask there straight away."),
        ),
        "members.wallet",
        lazy("See my wallet"),
    ),
    Topic(
        "points",
        lazy("How do points and tiers work?"),
        (
            lazy(
                "Points pay for offers. Those that expire first are spent first; the points page says when."
            ),
            lazy(
                "Your tier comes from the points you earn in a calendar year, not from your balance. "
                "Spending never costs you a tier."
            ),
            lazy("You move up at once. At the end of the year the count starts again."),
        ),
        "members.points",
        lazy("See my points"),
    ),
    Topic(
        "problems",
        lazy("Something is wrong. Who can help?"),
        (
            lazy("If a store refuses your code, ask for the reason: the till shows it in one line."),
            lazy("If points are missing, bring the receipt to the counter of any store."),
            lazy(
                "If your membership is paused, your points are safe and your codes are on hold. Ask "
                "at the service desk of any store."
            ),
        ),
        "members.activity",
        lazy("See my activity"),
    ),
)
_BY_SLUG = {topic.slug: topic for topic in TOPICS}


@bp.get("/help")
def help_index() -> ResponseReturnValue:
    """The topics."""
    return render_template("members/help/index.html", topics=TOPICS, **members.frame())


@bp.get("/help/<topic>")
def help_topic(topic: str) -> ResponseReturnValue:
    """One answer."""
    one = found(_BY_SLUG.get(topic))
    others = [other for other in TOPICS if other is not one]
    return render_template("members/help/topic.html", topic=one, others=others, **members.frame())
