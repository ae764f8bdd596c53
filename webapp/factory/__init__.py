"""Pages of the component factory.

home          components, enquiries and cases at a glance
components    its components, with starting values from the catalogue
enquiries     how a component comes to a site: ask, read the answer, hand it to a carrier
enquiry_form  the enquiry's form, read into what the services want
"""
