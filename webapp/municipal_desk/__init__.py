"""The municipal department: queue, consent for city streets and bridges.

queue        cases of the office, overdue first
consenting   propose the consent with its conditions, or a refusal
"""
