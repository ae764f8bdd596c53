"""What a road costs, in whole fen.

money.py       yuan and fen, rounding, exact splits
roads.py       stations with national codes, sections with owner and operator
lines.py       prices of single roads, bridges, days and directions, dated
line_files.py  lines, stations and sections as CSV, both ways
checking.py    gaps and overlaps among lines
schedule.py    general rates by truck class and day, with certainty and terms
quote.py       the toll of a way, line by line, each with its rule
answer.py      the quote in the contract's words
"""
