"""Structures: what a train of axles does to a bridge, and what the bridge was built for.

simple_span    kernel: exact moments and shears of an axle train on simple spans
"""
