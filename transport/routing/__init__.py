"""Where can it go? Passability per edge, the search, alternatives, and the planned routes."""
