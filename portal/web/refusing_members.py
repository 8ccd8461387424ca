"""What members read when the answer is no: what happened, then the one step that works today."""

from dataclasses import dataclass

from portal.web.facts import Says
from portal.web.i18n import lazy as _


@dataclass(frozen=True)
class Member:
    """A sentence, the words and page of its next step, and the status of the page that says it."""

    sentence: Says
    step: tuple[Says, str]
    status: int = 409


_MY_OFFERS = (_("See my offers"), "offers")
_SIMILAR = (_("See offers like this"), "offers")
_SHOW_CODE = (_("Show code"), "claim")
_WALLET = (_("See my wallet"), "wallet")
_HISTORY = (_("See history"), "claim")
_LOOK_AGAIN = (_("Look again"), "offer")
_TRY_AGAIN = (_("Try again"), "retry")
_ASK = (_("Ask about this"), "help")
_EARN = (_("Ways to earn points"), "points")
_CARD = (_("See my cards"), "card")
_POINTS = (_("See my points"), "points")
_TIERS = ((_("How to reach %(tier)s"), _("How tiers work")), "tiers")

ROWS: dict[str, Member] = {
    "offer_not_found": Member(
        _("We can’t find that offer. It may have ended, or it belongs to another account."), _MY_OFFERS, 404
    ),
    "offer_not_started": Member((_("Opens %(starts)s."), _("This offer isn’t open yet.")), _MY_OFFERS),
    "offer_ended": Member((_("This offer ended %(ended)s."), _("This offer has ended.")), _SIMILAR),
    "offer_unavailable": Member(_("This offer isn’t running at the moment."), _MY_OFFERS),
    "offer_sold_out": Member(
        (_("All %(stock)s were claimed by %(gone)s."), _("All of these have been claimed.")), _SIMILAR
    ),
    "code_pool_empty": Member(_("All of these have been claimed."), _SIMILAR),
    "offer_already_claimed": Member(_("You already have this one. It’s in your wallet."), _SHOW_CODE),
    "member_limit_reached": Member(
        ("%(all_lapsed)s", "%(all_used)s", _("You’ve used all of yours.")), (_("See when"), "wallet")
    ),
    "period_limit_reached": Member(
        (
            _("%(period_used)s The next one opens on %(resets)s."),
            _("The next one opens on %(resets)s."),
            _("You’ve used all of these for now."),
        ),
        _MY_OFFERS,
    ),
    "insufficient_points": Member(
        (
            _("You need %(more)s. You have %(available)s of %(needed)s."),
            _("You need %(more)s."),
            _("You don’t have enough points for this one."),
        ),
        _EARN,
    ),
    "tier_required": Member(
        (
            _("This one is for %(tier)s members. You’re %(own_tier)s, %(gap)s from %(tier)s this year."),
            _("This one is for %(tier)s members. You’re %(own_tier)s."),
            _("This one is for %(tier)s members."),
            _("This one is for a higher tier."),
        ),
        _TIERS,
    ),
    "offer_not_assignable": Member(_("This offer can’t be given to anybody by name."), _MY_OFFERS),
    "grant_limit_reached": Member(
        _("You have as many offers waiting as the club gives at once. Claim one first."), _MY_OFFERS
    ),
    "grant_not_found": Member(_("We can’t find that. It may belong to another account."), _MY_OFFERS, 404),
    "not_eligible": Member(
        (
            _("This one is for members in %(first_days)s."),
            "%(birthday)s",
            _("This offer isn’t open to your account."),
        ),
        _MY_OFFERS,
    ),
    "self_claim_disabled": Member(
        _("A member of staff adds this one for you. Ask at the counter."), _MY_OFFERS
    ),
    "member_banned": Member(
        (
            _("Your membership is paused until %(banned)s. Your points are safe."),
            _("Your membership is paused. Your points are safe."),
        ),
        _ASK,
        403,
    ),
    "offer_changed": Member(
        (
            _("The price or terms just changed: it costs %(cost)s now. Please look again."),
            _("The price or terms just changed. Please look again."),
        ),
        _LOOK_AGAIN,
    ),
    "claim_not_found": Member(
        _("We can’t find that in your wallet. It may belong to another account."), _WALLET, 404
    ),
    "claim_not_cancellable": Member(
        (
            _("This can’t be given back any more. The time for that ended %(too_late)s."),
            _("This can’t be given back any more."),
        ),
        _SHOW_CODE,
    ),
    "claim_not_extendable": Member(_("This can’t be kept for longer."), _WALLET),
    "claim_not_transferable": Member(_("This can’t be handed over."), _SHOW_CODE),
    "code_malformed": Member(_("That doesn’t look complete. A code has 12 letters."), _TRY_AGAIN),
    "code_unknown": Member(_("We can’t find that code. Open it in your wallet again."), _WALLET),
    "code_already_redeemed": Member(
        (_("Used %(used)s, %(store)s."), _("Used %(used)s."), _("This one has been used.")), _HISTORY
    ),
    "code_expired": Member((_("This code expired %(expired)s."), _("This code has expired.")), _SIMILAR),
    "code_not_yet_valid": Member(
        (_("This code works from %(valid)s."), _("This code doesn’t work yet.")), _SHOW_CODE
    ),
    "code_revoked": Member(_("This code no longer works. Your wallet shows what you have."), _WALLET),
    "code_locked": Member(
        _("A store is checking this code right now. Wait a few seconds."), (_("Check again"), "claim")
    ),
    "wrong_store": Member(
        (
            _("This code doesn’t work in this store. It works at %(stores)s."),
            _("This code doesn’t work in this store."),
        ),
        _SHOW_CODE,
    ),
    "outside_hours": Member(
        (
            _("Works %(hours)s. Next: %(opens)s."),
            _("Works %(hours)s."),
            _("This code doesn’t work at this hour."),
        ),
        _SHOW_CODE,
    ),
    "award_spent": Member(
        (
            _("This gave you %(award)s, and they are spent. You need %(more)s to give it back."),
            _("The points that this gave you are spent, so it can’t be given back."),
        ),
        _EARN,
    ),
    "card_invalid": Member(_("That card can’t be used. Another card of yours may."), _CARD),
    "receipt_differs": Member(_("That receipt was counted before, with something else on it."), _POINTS),
    "purchase_not_found": Member(_("We can’t find that purchase among yours."), _POINTS),
    "return_too_large": Member(_("That’s more than is left of this purchase."), _POINTS),
    "offer_used_up": Member(("%(all_gone)s", _("All of these have been used.")), _SIMILAR),
    "store_used_up": Member(_("This store has none left. Another one may."), _SHOW_CODE),
    "store_day_used_up": Member(
        (
            _("This store has none left today. There are new ones on %(resets)s."),
            _("This store has none left today."),
        ),
        _SHOW_CODE,
    ),
    "budget_spent": Member(_("This offer has run out for now."), _ASK),
    "already_voided": Member(_("This was undone already."), _WALLET),
    "void_window_closed": Member(_("This can’t be undone any more. Ask at the counter."), _WALLET),
    "guessing_blocked": Member(
        (
            _("That’s a lot of tries. Wait %(wait)s."),
            _("That’s a lot of tries. Wait %(wait_until)s."),
            _("That’s a lot of tries. Wait a little."),
        ),
        _TRY_AGAIN,
    ),
    "idempotency_key_reused": Member(
        _("This page was sent before with something else in it. Open it again."), _TRY_AGAIN
    ),
    "already_active": Member(
        (_("It’s active now: %(active_left)s left."), _("It’s active now.")), (_("Show screen"), "claim")
    ),
    "more_than_left": Member(
        (_("Only %(amount_left)s is left."), "%(uses_left)s.", _("There isn’t that much left.")), _SHOW_CODE
    ),
    "presence_token_missing": Member(
        _("Type the six digits that the store’s counter shows."), _TRY_AGAIN, 422
    ),
    "presence_token_invalid": Member(
        _("These aren’t the digits that the store’s counter shows. Type what it shows now."), _TRY_AGAIN, 422
    ),
    "self_redeem_disabled": Member(_("Show this code at the counter. Staff redeem it."), _SHOW_CODE),
    "purchase_condition_unmet": Member(
        (_("Needs a purchase of %(minimum)s or more."), _("Needs a larger purchase.")), _SHOW_CODE
    ),
    "service_unavailable": Member(_("Something failed on our side. No points were taken."), _TRY_AGAIN, 503),
}
