"""Every table of the house, in one place for migrations and tests."""

from portal.core.base import Base
from portal.core.claims import claims as _claims
from portal.core.claims import extending as _extending
from portal.core.claims import handovers as _handovers
from portal.core.claims import holds as _holds
from portal.core.claims import reminders as _reminders
from portal.core.club import accounts as _accounts
from portal.core.club import cards as _cards
from portal.core.club import club as _club
from portal.core.club import consents as _consents
from portal.core.club import fields as _fields
from portal.core.club import joining as _joining
from portal.core.club import links as _links
from portal.core.club import members as _members
from portal.core.club import sign_ins as _sign_ins
from portal.core.club import stores as _stores
from portal.core.club import tiers as _tiers
from portal.core.club import vendor_ids as _vendor_ids
from portal.core.codes import pool_codes as _pool_codes
from portal.core.codes import pools as _pools
from portal.core.codes import store as _codes
from portal.core.offers import grants as _grants
from portal.core.offers import images as _images
from portal.core.offers import offers as _offers
from portal.core.offers import stock as _stock
from portal.core.points import balances as _balances
from portal.core.points import ledger as _ledger
from portal.core.points import lots as _lots
from portal.core.points import purchases as _purchases
from portal.core.records import journal as _journal
from portal.core.records import limits as _limits
from portal.core.records import outbox as _outbox
from portal.core.records import receipts as _receipts
from portal.core.records import timeline as _timeline
from portal.core.redeeming import counters as _counters
from portal.core.redeeming import redemptions as _redemptions
from portal.core.redeeming import scans as _scans

ROOMS = (
    _accounts, _balances, _cards, _claims, _club, _codes, _consents, _counters, _extending, _fields,
    _grants, _handovers, _holds, _images, _joining, _journal, _ledger, _limits, _links, _lots, _members,
    _offers, _outbox, _pool_codes, _pools, _purchases, _receipts, _redemptions, _reminders, _scans,
    _sign_ins, _stock, _stores, _tiers, _timeline, _vendor_ids,
)  # fmt: skip
metadata = Base.metadata
APPEND_ONLY = ("entries", "lot_entries", "timeline", "journal", "redemptions", "consents", "purchases")
