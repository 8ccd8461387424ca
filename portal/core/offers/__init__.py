"""Offers: what the club proposes, its texts, windows and limits, and who may have it now."""
