"""Does this transport comply? Pure functions from transport, law and day to findings.

findings         Finding: rule, outcome, value, limit, clause, status
over_limit, category, grades, axle_loads, divisible_load, escort, expressways
                 one question each
authority, time_limit, documents
                 who decides, by when, on what papers
assessment       the ordered list of rules; classification puts the answers together
repacking        loadings that need no pass, or a lower category
"""
