"""The product: who may claim what, whether a code is good here and now, and what it is worth."""
