"""The toll office: relief records, tariff, schemes, ledger, reports, simulation.

claims      records that wait, one record with its checks and lines, the decision
monthly     the list of a month, on the page and as Excel
reports     months and years by league, road, scheme, kind; signals with evidence
rates       toll rates and relief schemes with their status
tariff      lines, stations, sections: by hand, as CSV, checked
schemes     relief schemes from draft to end
imports     operators' files and what in them does not match
simulation  schemes tried on trips, side by side
lists       trucks on project lists, for loads that need no pass
row_forms   the small forms beside rows
"""
