"""Passage evaluation: every check of JTG/T 2213-2023 as a pure function with its clause.

words, answer, comparing   results, methods, grades; what a check answers; exact comparisons
tables, checks, catalogue  the printed tables as typed rows; a check and its inputs; all by name
grades                     chapter 3: size and mass grades, scope, method
clearances, lateral_space, curves, profile, sight, alignment    chapter 4: the main line
junctions, interchanges, bridges, pavement, tunnels, facilities, plans    chapters 5 to 11
engineering                beside the standard: beam effects, bridge screening, a swept turn
"""
