"""The commands that have a room of their own: where each is, loaded when it is asked for."""

COMMANDS = {
    "audience": "audiences:command",
    "cards": "holding.cards:group",
    "claims": "holding.claims:group",
    "club": "holding.club:group",
    "demo": "demo:command",
    "grant": "holding.giving:command",
    "import": "importing.commands:group",
    "members": "holding.members:group",
    "offer": "holding.offers:group",
    "points": "holding.points:group",
    "pools": "importing.levels:command",
    "worker": "working:command",
}
