"""The demonstration: invented firms, people and cases.

sign_ins      who can sign in to the demonstration, shown on the start page
seeding       loads everything into an empty installation
"""
