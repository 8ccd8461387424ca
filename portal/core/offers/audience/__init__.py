"""Conditions on who an offer is for: read from JSON-logic, asked of one member, counted in SQL.

What a condition means, the same in Python (`answers`) and in SQL (`counting`):

- Values are text, numbers, yes/no, lists of choices, or nothing. A field that was not told is nothing, as
  null is. A date is text of the form 2026-12-31, so it stands in the order of the calendar.
- Nothing, no, 0, "" and an empty list count as no wherever yes or no is wanted; all else is yes, "0" too.
- `===`: of the same sort and equal; nothing equals nothing. `==` lets numbers, yes/no (1 and 0) and text that
  is a plain decimal (-12.5, at most 15 characters) be compared as numbers; other text equals no number, and
  nothing equals only nothing. `!==` and `!=` are their opposites.
- `<`, `<=`, `>`, `>=`: two texts by their letters' code points, all else as numbers, as above. With nothing
  on either side, or text that is no number beside a number, the answer is no. (JavaScript takes null for 0
  there; who has told nothing about their age is not under 18 here.) `<` and `<=` with three values ask for
  "between".
- `in`: a value in a list, compared by `===`; a choice among the choices told; or a text within a text.
  Nothing is in no text and among no choices.
- `and`, `or` and `if` answer, as in JSON-logic, with the value that decided. `missing`: what is not told.
- Every comparison answers yes or no: SQL's "unknown" never gets out of it.
"""
