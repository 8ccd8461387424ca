"""What staff read when the answer is no: a headline that is a command or a reason, and one line below it."""

from dataclasses import dataclass
from typing import Literal

from portal.web.facts import Says
from portal.web.i18n import lazy as _

Verdict = Literal["stop", "check", "none"]


@dataclass(frozen=True)
class Staff:
    """A headline, the line below it, and the verdict whose shape carries both."""

    headline: Says
    say: Says
    verdict: Verdict = "stop"


ROWS: dict[str, Staff] = {
    "offer_not_found": Staff(_("No such offer"), _("It may have ended. Look at the list again.")),
    "offer_not_started": Staff(_("Not yet"), (_("Opens %(starts)s."), _("It isn’t open yet."))),
    "offer_ended": Staff(_("Offer ended"), (_("It ended %(ended)s."), _("It has ended."))),
    "offer_unavailable": Staff(_("Not running now"), _("Say: “This one isn’t running at the moment.”")),
    "offer_sold_out": Staff(_("All gone"), _("Check the shelf sign is down.")),
    "code_pool_empty": Staff(_("All gone"), _("No partner codes are left. Tell a manager.")),
    "offer_already_claimed": Staff(_("They have this one"), _("It’s in their wallet. Scan that code.")),
    "member_limit_reached": Staff(
        _("All uses gone"), (_("Say: “%(all_had)s”"), _("Say: “You’ve had all of these.”"))
    ),
    "period_limit_reached": Staff(
        ("%(none_left)s", _("None left for now")),
        (_("Say: “It opens again on %(resets)s.”"), _("Say: “It opens again later.”")),
    ),
    "insufficient_points": Staff(
        _("Not enough points"),
        (_("Say: “You need %(more)s for this one.”"), _("Say: “You need more points for this one.”")),
    ),
    "tier_required": Staff(
        (_("For %(tier)s members"), _("For a higher tier")),
        (_("Say: “This one is for %(tier)s members.”"), _("Say: “This one is for a higher tier.”")),
    ),
    "offer_not_assignable": Staff(
        _("Not given by name"), _("Members claim this one themselves. Ask a manager.")
    ),
    "grant_limit_reached": Staff(
        _("They have enough waiting"), _("Say: “Claim one of the offers you have, then there’s room.”")
    ),
    "grant_not_found": Staff(_("Not found"), _("Look at the list again.")),
    "not_eligible": Staff(
        _("Not for this member"),
        (
            _("It’s for members in %(first_days)s."),
            _("Say: “This one is for another group. Your own offers are in the app.”"),
        ),
    ),
    "self_claim_disabled": Staff(
        _("Staff add this one"), _("The member can’t claim it alone. Ask a manager.")
    ),
    "member_banned": Staff(_("Membership paused"), _("Say: “Please ask at the service desk.”")),
    "offer_changed": Staff(_("Offer changed"), _("Look at it again before you give it.")),
    "claim_not_found": Staff(_("Not found"), _("Scan the code again.")),
    "claim_not_cancellable": Staff(
        _("Can’t be given back"),
        (_("The time for that ended %(too_late)s."), _("It has been used, or it ended.")),
    ),
    "claim_not_extendable": Staff(
        _("Can’t be extended"), _("It was used, or ended otherwise, or that end is no later.")
    ),
    "claim_not_transferable": Staff(
        _("Can’t be handed over"), _("It was used, or it is for its member only.")
    ),
    "code_malformed": Staff(_("One letter looks wrong"), _("Check it against the screen."), "check"),
    "code_unknown": Staff(_("Not one of ours"), _("Say: “Could you open it in your wallet again?”")),
    "code_already_redeemed": Staff(
        _("Already used"),
        (
            _("%(used_stamp)s, %(store)s, %(till)s, by %(staff)s"),
            _("%(used_stamp)s, %(store)s"),
            "%(used_stamp)s",
            _("Say: “This one has been used.”"),
        ),
    ),
    "code_expired": Staff(_("Expired"), ("%(expired_stamp)s", _("Say: “This one has ended.”"))),
    "code_not_yet_valid": Staff(_("Not yet"), (_("Works from %(valid)s."), _("It doesn’t work yet."))),
    "code_revoked": Staff(_("Given back or withdrawn"), _("Say: “Could you open your wallet again?”")),
    "code_locked": Staff(
        _("Another till has it open"),
        (_("Wait %(wait)s and scan it again."), _("Wait a few seconds and scan it again.")),
        "none",
    ),
    "wrong_store": Staff(
        _("Not for this store"), (_("It works at %(stores)s."), _("It works at another store."))
    ),
    "outside_hours": Staff(
        _("Not at this hour"),
        (
            _("Works %(hours)s. Next: %(opens)s."),
            _("Works %(hours)s."),
            _("It works at other hours."),
        ),
    ),
    "award_spent": Staff(_("Its points are spent"), _("Say: “You have used the points it gave you.”")),
    "card_invalid": Staff(_("Card blocked"), _("Ask for another card, or for their name.")),
    "receipt_differs": Staff(
        _("Receipt counted already"), _("It stands for another purchase here. Check the number.")
    ),
    "purchase_not_found": Staff(_("No such purchase"), _("Check the receipt’s number and the card.")),
    "return_too_large": Staff(
        _("More than was bought"), _("Less than that is left of this purchase. Check the sum.")
    ),
    "offer_used_up": Staff(
        _("All given out"),
        (
            _("%(all_gone)s A manager can raise the limit."),
            _("A manager can raise the limit."),
        ),
    ),
    "store_used_up": Staff(
        _("None left in this store"),
        _("Say: “Another store may still have it.” A manager can raise the limit."),
    ),
    "store_day_used_up": Staff(
        _("None left here today"),
        (
            _("Say: “There are new ones here on %(resets)s.” A manager can raise the limit."),
            _("A manager can raise the limit."),
        ),
    ),
    "budget_spent": Staff(_("Its budget is spent"), _("A manager can raise the budget.")),
    "already_voided": Staff(
        _("Already undone"), (_("%(voided_stamp)s. Nothing changed now."), _("Nothing changed now."))
    ),
    "void_window_closed": Staff(
        _("Too late to undo"),
        _("You can undo what you redeemed yourself in the last 10 minutes. Ask a manager."),
    ),
    "guessing_blocked": Staff(
        (_("Paused for %(wait)s"), _("Paused for %(wait_until)s"), _("Paused")),
        (
            "%(pin)s",
            _("That’s a lot of codes we don’t know. Wait, then scan again."),
        ),
        "none",
    ),
    "idempotency_key_reused": Staff(_("Sent twice"), _("Open the page again, then scan the code.")),
    "already_active": Staff(
        (_("Active until %(active_until)s"), _("Active now")), _("Serve it once."), "check"
    ),
    "more_than_left": Staff(
        (_("Only %(amount_left)s is left"), "%(uses_left)s", _("There isn’t that much left")),
        _("Take that or less."),
        "check",
    ),
    "presence_token_missing": Staff(
        _("No store code yet"), _("They type the six digits your counter shows.")
    ),
    "presence_token_invalid": Staff(
        _("The store code is wrong"), _("They type what your counter shows now.")
    ),
    "self_redeem_disabled": Staff(_("Redeem it at the till"), _("Scan their code.")),
    "purchase_condition_unmet": Staff(
        (_("The basket is under %(minimum)s"), _("The basket is too small")), _("They keep the code.")
    ),
    "service_unavailable": Staff(
        _("Can’t check right now"), _("The code is not refused. Keep it on screen and try again."), "none"
    ),
}
