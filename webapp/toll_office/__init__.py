"""The toll office: relief records, the monthly list, tariff and schemes.

claims    records that wait, one record with its checks and lines, the decision
monthly   the list of a month, on the page and as Excel
rates     toll rates and relief schemes with their status
"""
