"""Manoeuvres: the way the wheels and the load of a train take through a turn.

tractrix    kernel: how each unit follows the one before it along a path, compiled
paths       the way of the front axle: straight, arc, straight
sweeping    wheel and body envelopes of a train on a path, and their widths
tracing     places of wheels and sides step by step
outlines    the pavement of a junction: arms, widths, corner radii
fitting     kernel: how far points leave a pavement, for many placements, compiled
junction    search over radius, offsets and rear steering in three scenarios
joint       two turns close together, driven as one
"""
