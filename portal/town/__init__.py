"""Harbour Lane: the invented club of the demo, told in the product's own deeds."""
