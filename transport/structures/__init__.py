"""Structures: what a train of axles does to a bridge, and what the bridge was built for.

simple_span       kernel: exact moments and shears of an axle train on simple spans
influence         influence lines of continuous beams, one table per pattern of spans
moving_load       kernel: envelope of an axle train on a beam, compiled
design_loads      what bridges were designed for, by code and year
effects           what a train or a design load causes, row by row and at most
"""
