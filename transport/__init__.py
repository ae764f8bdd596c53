"""The core: what law and road allow. No web, database, clock or network.

errors, working_days                  ground floor
vehicles, regulations, network        what moves, what the law says, the road as arrays
rules, tariffs, routing               does it comply, what does it cost, where can it go
permits, relief, verification         the case, toll relief, signed passes
services                              what users can ask for, and the ports it needs
"""
