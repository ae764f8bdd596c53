"""What moves: the transport as a whole, its component, its units, and the form's notation.

transport       Transport: vehicle plus load, what every rule judges
describing      user input -> checked Transport; reading_fields does it field by field
axle_notation   the form's 10+20+5*18 and 3.2-1.4-1.45*4, read (form_scanning) and written
form_strings    the form's strings and vehicle codes of a transport
vehicle_papers  papers with their days: which ends first, which is about to end
component, component_faults, measurement, frames, combination
                pieces, what of one cannot be, who measured it, frames, tractors, trailers
catalogue       all of these as data; reading_items and item_schema read and describe them
arranging       several pieces put together; beds: what they rest on
statics         axle loads by levers, springs and hydraulic circuits
placing         a load on a combination -> placed_load; loading is the short way
stability       tipping and wind
outline         what an outline drawing shows; outline_views: three views, outline_shapes: figures
travel_time     the day or instant of travel
"""
