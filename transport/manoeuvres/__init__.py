"""Manoeuvres: the way the wheels and the load of a train take through a turn.

tractrix    kernel: how each unit follows the one before it along a path, compiled
paths       the way of the front axle: straight, arc, straight
sweeping    wheel and body envelopes of a train on a path, and their widths
"""
