"""Structures: what a train of axles does to a bridge, and what the bridge was built for.

simple_span       kernel: exact moments and shears of an axle train on simple spans
influence         influence lines of continuous beams, one table per pattern of spans
moving_load       kernel: envelope of an axle train on a beam, compiled
design_loads      what bridges were designed for, by code and year
effects           what a train or a design load causes, row by row and at most
deck              lanes of a deck, and the share of a load its worst girder takes
transverse        rigid cross-beams and hinged slabs
bridge            a bridge as its record tells it
rated_vehicles    the vehicle a rating allowed
verdicts          words of the screening: crossings, verdicts, ratios
comparing         design effect over the train's, section by section
screening         the verdict on a bridge
"""
