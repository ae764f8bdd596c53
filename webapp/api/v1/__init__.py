"""Version 1 of the interface: an endpoint a file.

classify      what the law says of a transport
route         routes that fit, and what blocks others
toll_quote    what a route costs
"""
