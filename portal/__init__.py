"""Counterfoil: a self-hosted member offers portal."""
