"""Where can it go? Law and road judged together for one transport.

passage_rules.py, demand.py, elements.py                  what a transport needs, what roads offer
passability.py, turning.py, reasons.py                    pass, conditional, unknown, fail: why
search.py (kernel), paths.py, costs.py, ground.py         cheapest ways with their ends and stops
alternatives.py, blockers.py, unlocking.py, avoiding.py   distinct ways; what blocks, what opens
describing.py, crossing.py, wording.py, route.py          the route in legs, structures, surveys
planning.py, answer.py                                    the whole plan, and its JSON
"""
