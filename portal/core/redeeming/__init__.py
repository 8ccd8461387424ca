"""Redeeming: a code is looked at, judged, consumed and, if need be, put right again."""
