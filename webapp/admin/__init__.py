"""Pages of the administrator: people, firms, law, calendar, network, tokens, audit trail.

overview, organisations, users, tokens   who may do what
law_in_force   every legal value of a day, open to anyone
working_days   announced years, and the form for a new one
networks, audit_trail   what the installation works with, and who changed what
"""
