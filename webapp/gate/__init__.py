"""At the gate and the roadside: compare what was measured with what the pass permits.

checking    the page: find a pass, enter measurements
comparing   the comparison itself
reporting   checks that devices send, at once or later, and the list of them
supervising crossings of bridges under supervision: the plan, and what devices report
"""
