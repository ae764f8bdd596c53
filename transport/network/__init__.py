"""The road as arrays.

attributes.py   words for certainty, limits, classes, owners, structures
graph.py        RoadNetwork: edges in compressed rows, limits, structures
places.py       named places; naming.py finds them by Chinese, pinyin, English or coordinate
snapping.py     coordinate -> place on an edge
remembering.py  results kept per network, with a bound
"""
