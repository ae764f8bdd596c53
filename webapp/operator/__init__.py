"""An operator of toll roads: its own stations, records and settlements, and nobody else's.

The firm's name is the operator's name in the list of stations and sections.

home         stations, sections and the sums of the year
records      its exchange records: hand in, see what does not match
settlements  what closed months owe it: confirm or dispute, with the file
"""
