"""The engineer's desk of the transport department: evaluations of cases, full checks, signatures.

queue       cases of the office, and one by one what waits in them
evaluating  the evaluation of one case, as page and report
report_details  what is known for the fields of the report
signing     the report signed, and kept as it was signed
surveying   what was measured on site with photographs, kept for everybody
deciding    one place of a route: effects along the span, decisions on file, the next decision
plotting    effects against limits along a bridge, drawn
on_file     surveys and decisions on file, with their photographs
roster      the roster of experts
panels      the expert panel on a case: convened, opinions, conclusion
panel_words the words of panels
grounds     what an evaluation needs from the installation
"""
