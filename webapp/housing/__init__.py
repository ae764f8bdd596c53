"""Pages of the housing department.

producers  the factories of the register, with what they keep; projects are shown by webapp.factory
"""
