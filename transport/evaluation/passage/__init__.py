"""The passage of a whole route: every check along the way, in driving order.

facts       a value of the road with how sure it is and where it comes from; measurements
train       the transport as the checks see it: grades, axle train, units that turn
findings    what an evaluation says: checks, conditions, surveys, conclusion
binding     surveys and decisions found again on another version of the network
decisions   what an engineer decided, and for which trains it holds
asking      run one check of the catalogue on the facts of a place
bridges     the verdict on a bridge, remembered by structure and train
bridge_steps  the steps of chapter 7 behind a verdict, for the report
main_line   checks on stretches of road, by stretch_plan, _profile, _speed, _ground
standard_road  what a road that meets JTG B01 has at least
drawn_roads what the drawing of a road tells: ramps, bends
ramps       checks on ramps of interchanges
structures  checks on tunnels, overbridges, toll stations, level crossings
turning     checks on turns at junctions: table, widths (turn_widths), drive (junction_shapes)
turns_together  roundabouts and turns in a row, driven as one
stretches   a way over edges cut into stretches, structures and turns
whole       grades, scope, kind of survey, plan: checks of the way as a whole
road_state  the road as appendix A describes it, what nobody recorded of it
driving     evaluate_passage: all of it put together
reach       the record, tag or survey that reaches each check
"""
