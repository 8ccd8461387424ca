"""How many wrong guesses the whole club may see in an hour before somebody has to look."""

from portal.core.codes import alphabet

_HOURS_OF_A_LEAP_YEAR = 8784
_YEARS_PER_HIT = 100


def guesses_per_hour(live_codes: int) -> int:
    """The club's budget: guessing at this rate all the time hits a live code once in a hundred years at most.

    Never below one, so beyond twenty million live codes the promise no longer holds.
    """
    budget = alphabet.CHANCES // (_YEARS_PER_HIT * _HOURS_OF_A_LEAP_YEAR * max(1, live_codes))
    return max(1, budget)
