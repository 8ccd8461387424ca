"""The one catalogue of "no": a class per refusal, named for what happened, with a stable public code."""

from typing import Any, ClassVar


class Refusal(Exception):
    """A "no" that leaves everything as it was; `facts` are what its sentence needs."""

    code: ClassVar[str]

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts


class OfferNotFound(Refusal):
    code = "offer_not_found"


class OfferNotStarted(Refusal):
    code = "offer_not_started"


class OfferEnded(Refusal):
    code = "offer_ended"


class OfferUnavailable(Refusal):
    code = "offer_unavailable"


class OfferSoldOut(Refusal):
    code = "offer_sold_out"


class CodePoolEmpty(Refusal):
    code = "code_pool_empty"


class OfferAlreadyClaimed(Refusal):
    code = "offer_already_claimed"


class MemberLimitReached(Refusal):
    code = "member_limit_reached"


class PeriodLimitReached(Refusal):
    code = "period_limit_reached"


class InsufficientPoints(Refusal):
    code = "insufficient_points"


class TierRequired(Refusal):
    code = "tier_required"


class NotEligible(Refusal):
    code = "not_eligible"


class OfferNotAssignable(Refusal):
    code = "offer_not_assignable"


class GrantLimitReached(Refusal):
    code = "grant_limit_reached"


class GrantNotFound(Refusal):
    code = "grant_not_found"


class SelfClaimDisabled(Refusal):
    code = "self_claim_disabled"


class MemberBanned(Refusal):
    code = "member_banned"


class OfferChanged(Refusal):
    code = "offer_changed"


class ClaimNotFound(Refusal):
    code = "claim_not_found"


class ClaimNotCancellable(Refusal):
    code = "claim_not_cancellable"


class ClaimNotExtendable(Refusal):
    code = "claim_not_extendable"


class ClaimNotTransferable(Refusal):
    code = "claim_not_transferable"


class CodeMalformed(Refusal):
    code = "code_malformed"


class CodeUnknown(Refusal):
    code = "code_unknown"


class CodeAlreadyRedeemed(Refusal):
    code = "code_already_redeemed"


class AlreadyActive(Refusal):
    code = "already_active"


class MoreThanLeft(Refusal):
    code = "more_than_left"


class PresenceTokenMissing(Refusal):
    code = "presence_token_missing"


class PresenceTokenInvalid(Refusal):
    code = "presence_token_invalid"


class SelfRedeemDisabled(Refusal):
    code = "self_redeem_disabled"


class CodeExpired(Refusal):
    code = "code_expired"


class CodeNotYetValid(Refusal):
    code = "code_not_yet_valid"


class CodeRevoked(Refusal):
    code = "code_revoked"


class CodeLocked(Refusal):
    code = "code_locked"


class WrongStore(Refusal):
    code = "wrong_store"


class OfferUsedUp(Refusal):
    code = "offer_used_up"


class StoreUsedUp(Refusal):
    code = "store_used_up"


class StoreDayUsedUp(Refusal):
    code = "store_day_used_up"


class BudgetSpent(Refusal):
    code = "budget_spent"


class OutsideHours(Refusal):
    code = "outside_hours"


class PurchaseConditionUnmet(Refusal):
    code = "purchase_condition_unmet"


class ReceiptDiffers(Refusal):
    code = "receipt_differs"


class PurchaseNotFound(Refusal):
    code = "purchase_not_found"


class ReturnTooLarge(Refusal):
    code = "return_too_large"


class AwardSpent(Refusal):
    code = "award_spent"


class CardInvalid(Refusal):
    code = "card_invalid"


class AlreadyVoided(Refusal):
    code = "already_voided"


class VoidWindowClosed(Refusal):
    code = "void_window_closed"


class GuessingBlocked(Refusal):
    code = "guessing_blocked"


class IdempotencyKeyReused(Refusal):
    code = "idempotency_key_reused"
