"""Pages of the component factory.

home          components, enquiries and cases at a glance
components    its components, with starting values from the catalogue; component_fields: the form
loadings      from a component to its ranked combinations, drawn, with what governs
enquiries     how a component comes to a site: ask, read the answer, hand it to a carrier
enquiry_form  the enquiry's form, read into what the services want
outline_titles  the title block of a drawing before there is a case
projects      buildings with parts list, answers and load plan; also for the housing department
project_lists a parts list brought as a file, the plan made of it, its loads given out
planning_runs background runs, watched and stopped
delivery_plans the delivery plan: made, shown week by week, disrupted and made anew, given out
fleet_form    its form; gantt: a week drawn; calendar_file: the plan for phones and offices
"""
