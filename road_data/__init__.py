"""From maps and records to a RoadNetwork.

osm        OpenStreetMap: reading, tags (a parser per attribute), simplifying
built_in   the network of Inner Mongolia that comes with the product
building   the pipeline from a file to a network, readable top to bottom
store      save a version as arrays and put it to use; writing: in one step, by one writer
opening    open it as memory maps; in_use: its manifest, what it was made from (manifest)
surveys    official records and restrictions laid over a stored network
boundaries county of every edge; geocoding: places behind geopy's interface
ranking    which unknown structures to survey first
quality    how much of it is known, per attribute and road class
"""
