"""A small parser per attribute; each takes a way's or node's tags and a direction.

measures, conditions, stated   reading numbers, conditions and the keys of a limit
height width length mass axle  limits
access, oneway, barrier        who may pass, which way, what stands there
toll owner lanes speed structure, turns
"""
