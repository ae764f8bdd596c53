"""The network of Inner Mongolia that comes with the product: data files, loader, check.

data/      reviewed CSV files with their schema; nothing about roads stands in code
tables     reads the files and refuses what the schema does not allow
limits     what is known, assumed, demonstrated or unknown of links and structures
loading    build_built_in() -> RoadNetwork
counties   names of counties and leagues
gazetteer  places against GeoNames (a test dependency)
checking   check_rows() -> the table of comparisons with independent facts
"""
