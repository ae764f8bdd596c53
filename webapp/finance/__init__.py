"""Finance: what is to be paid, the ledger, closed months, settlements with operators.

Finance pays and closes, the toll office approves: nobody does both.

home         what waits for finance, with the sums of the year
ledger       trial balance, statements, settlement files, closing, taking back
settlements  what closed months owe operators: approve, see what they answered
"""
