"""A small parser per attribute; each takes a way's or node's tags and a direction.

measures, hours, conditions, stated   reading numbers, hours, conditions and the keys of a limit
height width length mass axle signs   limits
access, access_words, lane_access     who may pass; oneway which way; barrier what stands there
surface ground incline layer          what the road is like
toll owner lanes speed structure, turns
"""
