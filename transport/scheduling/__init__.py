"""From loads to a delivery plan: who drives what when, and what cannot be delivered in time.

fleet         trucks, crews, escorts, bays, cranes, places to wait, hours of work
ways          a way as stretches with hours of travel; how long a passage takes from when
pools         who is free when: units that are in one place at a time, and crews that rest
consignments  a load as the scheduler sees it
placing       one load on its truck, crew, bay and crane; put down and taken up again
scheduler     all loads by need day and erection; repair; planning anew around what is fixed
exact         the most loads that can be delivered, by a solver, for small instances
delivery_plan what comes out of it, as kept and shown
checking      an independent look at a plan: what in it is not allowed
lead_times    the last day to apply for a pass, and the first day it can be in force
"""
