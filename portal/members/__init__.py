"""What members see: the shelf, one offer, their wallet, one claim. To name a screen here is to hang it up."""

from portal.members import activity, claims, offers, points, refused, releases, sign_ins, tiers, wallet

__all__ = ["activity", "claims", "offers", "points", "refused", "releases", "sign_ins", "tiers", "wallet"]
