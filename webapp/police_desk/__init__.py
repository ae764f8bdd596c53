"""The traffic police: queue, opinion on a consultation, time, route and speed in the city.

queue         cases of the office, overdue first
opining       answer a consultation
designating   propose time, route and speed for the city part
"""
