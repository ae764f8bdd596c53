"""The road as arrays.

attributes.py   words for certainty, limits, classes, owners, structures
graph.py        RoadNetwork: edges in compressed rows, limits, structures
places.py       named places; naming.py finds them by Chinese, pinyin, English or coordinate
surveyed.py     what official records say of structures, sections and areas
closures.py     roadworks, closures and limits for a time
lane_closures.py  the width that closed lanes leave
areas.py        county, league and region of an edge, and who acts there
datums.py       GCJ-02 and BD-09 coordinates to WGS 84
gazetteer.py    names that begin with what was typed
snapping.py     coordinate -> place on an edge
remembering.py  results kept per network, with a bound
"""
