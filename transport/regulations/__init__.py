"""What the law says, by date: dated values with citations, one typed view per subject.

dated       Dated[T].on(day) -> Provision, or NoLawInForceError
citation    instrument, article, link, how sure
law         Law: all views of a region
reading     config files -> Law; the core's only file access
the others  one view each, named like its file in config/regulations
"""
