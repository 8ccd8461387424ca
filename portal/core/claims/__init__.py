"""Claims: one member's right under one offer, from taking it to its end."""
