"""Toll relief: by law none; under a dated scheme a claim, checked line by line.

`schemes` says who grants what to whom; `entitlement` checks one trip against a scheme and explains
every line; `claims` is the record with its table of states; `monthly` the list of a month.
"""
