"""The passage of a whole route: every check along the way, in driving order.

facts       a value of the road with how sure it is and where it comes from; measurements
train       the transport as the checks see it: grades, axle train, units that turn
findings    what an evaluation says: checks, conditions, surveys, conclusion
decisions   what an engineer decided, and for which trains it holds
asking      run one check of the catalogue on the facts of a place
bridges     the verdict on a bridge, remembered by structure and train
main_line   checks on stretches of road
structures  checks on tunnels, overbridges, toll stations, level crossings
turning     checks on turns at junctions
stretches   a way over edges cut into stretches, structures and turns
driving     evaluate_passage: all of it put together
reach       which checks run on network data, which only by themselves
"""
