"""Where can it go? Passability, costs and search are three places.

demand.py, passage_rules.py   what a transport needs of a road; the law's part of it
elements.py, alike.py, passability.py, turning.py, timed.py
              kinds of edges, structures, turns judged
costs.py, paths.py, ground.py   weights; ways between places on edges; a network judged for one load
search.py   the plain kernel for small networks; engine.py the compiled one (transport.search), with
metric_keeper.py, kept_metrics.py, engine_metric.py; kindred.py   vehicles in a good order
examining.py   expensive checks, made only where a way meets them
asking.py, planning.py   what is asked; puts it together; answering_shortly.py for many at once;
patience.py   the time bound
alternatives.py, blockers.py, violations.py, reach.py, unlocking.py, change_catalogue.py,
avoiding.py   distinct ways; what blocks, what opens; envelope.py the largest sizes
checking.py   ways that people bring
describing.py, crossing.py, reasons.py, wording.py, route.py, answer.py, exporting.py   the result
"""
