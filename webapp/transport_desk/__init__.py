"""The transport department: queue, consultation, decision on the highway permit, the pass.

queue        cases of the office, overdue first
consulting   ask the traffic police; record that no answer came
reviewing    handle (经办) the highway permit: propose the decision
issuing      issue the pass, record the official numbers
"""
