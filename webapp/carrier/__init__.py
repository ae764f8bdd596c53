"""Pages of the logistics firm.

home               cases, enquiries handed over, vehicles, trips, relief at a glance
vehicles           combinations to use again
units              single vehicles with their papers; unit_fields, paper_rows: their fields
crew               drivers and escort companies with their papers
outline            the outline drawing of an application, looked at and attached
applying           new applications: from an enquiry, from nothing, from an earlier case; overview
drafting           the steps of a draft: cargo, vehicle and axle loads, places and days
choosing_route     the step in which a route is chosen on list and map
handing_in         documents, pre-check, submission, supplements, withdrawal, official numbers
renewing           a pass renewed before it ends
entering_once      what the official platform asks, ready to copy
trips              planned, loaded, departed, accepted on site (factories load too)
relief             toll quote of the route, relief records
draft_application  an application made, filled from forms and assessed anew
load_fields        the fields of a vehicle and of a loaded transport
"""
