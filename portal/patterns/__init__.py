"""What we build pages from: every component in every state, on one page, in development only."""
