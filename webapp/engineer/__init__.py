"""The engineer's desk of the transport department: evaluations of cases, full checks, signatures.

queue       cases of the office with what waits for an engineer
evaluating  the evaluation of one case, as page and report
surveying   what was measured on site, kept for everybody
deciding    one place of a route: effects along the span, the decision
plotting    effects against limits along a bridge, drawn
grounds     what an evaluation needs from the installation
"""
