"""From a building's parts list to lawful loads and the fewest passes.

projects       the building and who keeps it; parts: a row of its list
tables         CSV and Excel as rows; reading_parts: rows as parts, every fault with line and column
families       parts of equal size and handling; they share every answer
ways           how many pieces of a family, or of two, one lawful load takes
grouping       pieces to loads: demand, heuristic; group_bounds: proof and exact answer by a solver
passes         the fewest passes for the loads that need one, with bound and exact answer
load_plan      what comes out of it, as kept and shown
"""
