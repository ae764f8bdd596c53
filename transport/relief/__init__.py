"""Toll relief: by law none; under a dated scheme a claim, checked line by line.

schemes, calculators   who grants what to whom, as steps on what is left to pay
entitlement, claims    one trip against a scheme; the record with its table of states and appeals
ledger                 double entry in fen that only grows; months that close
monthly, reporting     the list of a month; sums by league, road, scheme and kind
reconciling, signals   operators' records against ours; what a person should look at
trip_table, synthetic  many trips as columns, read from a file or made up and marked
simulation, comparing  schemes tried on trips, side by side, with named assumptions
"""
