"""What moves: the transport as a whole, its component, its units, and the form's notation.

transport       Transport: vehicle plus load, what every rule judges
describing      user input -> checked Transport; reading_fields does it field by field
axle_notation   the form's 10+20+5*18, read and written
form_strings    the form's strings of a transport
travel_time     the day or instant of travel
component, combination, catalogue, loading
                pieces, tractors and trailers as data, and what results from loading them
"""
