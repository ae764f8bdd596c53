"""Pages of the housing department.

annexes    the transport annex to a league's yearly report: draft, signed versions, papers
producers  the factories of the register, with what they keep; projects are shown by webapp.factory
region     what is planned in the area, what holds it up, what would release it
"""
