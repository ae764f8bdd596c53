"""Official records laid over a network, and restrictions for a time, without building it again.

cells        what each column of each kind may hold
reading      CSV (UTF-8, GB18030), Excel and GeoJSON to rows, with every fault by line and column
rows         one row, and the bundle of all rows of a network with the decisions taken
chainage     road number and kilometre to a place on edges: broken chains, shared sections
roads        a road as a line of edges; carriageways: its two sides counted side by side
matching     a structure row to its structure: by id, by road and chainage, by distance
laying       rows and decisions to changed arrays and a report of conflicts
adding       structures that the network lacks, set into its arrays
sections     section rows to road class, width, owner; areas: polygons to urban and county
carrying     all that people laid over a network as one document: backups, new builds
keeping      import, export, decide, restrict: the folder beside the arrays, whole or not at all
restricting  restrictions: where they apply
restriction_files  a file of restrictions, every fault by number and field
"""
