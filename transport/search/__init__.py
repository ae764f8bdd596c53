"""KERNELS of the route search: arrays in, arrays out; nothing of ours is imported from outside.

turn_graph    states and the turns between them: exact turn bans, also over several edges
ordering      nested dissection of the junctions, the order every state is contracted in
hierarchy     the contracted graph of a network version, made once and stored with it
prepared      all of this together, and the arcs backwards
pricing       what edges and turns cost one vehicle, in small tables
customising   one metric on the hierarchy, and its repair where some costs change
querying      cheapest way on a customised metric, unpacked into turns
guided        cheapest way for one vehicle without customising, guided by a metric below its own
violating     the way with the fewest violations
reaching      whether there is any way at all
warming       compiles everything once, for later starts
"""
