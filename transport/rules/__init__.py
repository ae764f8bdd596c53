"""Does this transport comply? Pure functions from transport, law and day to findings.

findings         Finding: rule, outcome, value, limit, clause, status
over_limit, category, grades, axle_loads, divisible_load, escort, expressways
                 one question each
authority, time_limit, documents
                 who decides, by when, on what papers
conditions       escort, marking and travel time: what a pass imposes
involvement      who else decides, consents, is consulted or told
city_streets     municipal consent, police designation, level crossings
driving          speeds on bridges and in low visibility
pass_term        until when a pass may run
penalties        the fine of a trip without a pass
assessment       the ordered list of rules; classification puts the answers together
repacking        loadings that need no pass, or a lower category
"""
