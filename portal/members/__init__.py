"""What members see: the shelf, one offer, their wallet, one claim. To name a screen here is to hang it up."""

from portal.members import claims, offers, refused, releases, wallet

__all__ = ["claims", "offers", "refused", "releases", "wallet"]
