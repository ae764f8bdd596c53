"""From maps and records to a RoadNetwork.

osm        OpenStreetMap: reading, tags (a parser per attribute), simplifying
built_in   the network of Inner Mongolia that comes with the product
building   the pipeline from a file to a network, readable top to bottom
store      one network version as memory-mapped arrays; manifest: what it was made from
surveys    official records and restrictions laid over a stored network
boundaries county of every edge; geocoding: places behind geopy's interface
ranking    which unknown structures to survey first
quality    how much of it is known, per attribute and road class
"""
