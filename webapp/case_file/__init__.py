"""The case file: one page with everything on a case, and the steps that every desk takes.

opening        a case as its viewer may see it today
showing        the page of a case, its map and its history
downloading    documents, forms, letters, pass annexes, each checked per viewer
stepping       the two pages of a step: form, refusal that loses nothing, confirmation
proposing      the form of a proposal, as a handler puts it on file
accepting, deciding, pausing   steps that all desks share
travel_terms   time, route and speed as form fields
condition_picker   conditions of the catalogue that fit the case
queueing       the cases of an office, overdue first, searched and filtered
claiming       who of an office works on an act; recusal
notices        what happened that concerns my organisation, and where it is sent
statistics     figures of the office: time to each step, automatic share, returns, refusals
messages       between the carrier and the offices of a case
whole_file     the complete case file in one archive
"""
