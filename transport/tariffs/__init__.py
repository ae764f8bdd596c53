"""What a road costs.

schedule.py   rates by truck class and day, dated rows with certainty
quote.py      the toll of a route, line by line
answer.py     the quote in the contract's words
"""
