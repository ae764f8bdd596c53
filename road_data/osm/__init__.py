"""OpenStreetMap extracts.

reading      a file -> ways, tagged nodes, turn restrictions
graphml      an osmnx graph file -> the same
defaults     what is assumed of a road by its class
tags         a small parser per attribute
assembling   ways -> arrays; standing, turning, columns: its parts
describing   tags of a way -> what its edges carry in each direction
simplifying  pieces of ways -> edges between junctions
"""
