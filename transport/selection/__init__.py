"""Which combination can lawfully carry this load: ranked, with what governs.

arrangements    ways to put the same pieces together; combinations: the units that may be coupled
limits          what law and makers allow of a placed load, as shares
load_position   the place that uses the worst limit least, exactly
choosing        select() -> the ranked choices and why others are refused; choice holds their types
repacking       loadings that need no pass or a lower category
standing_firm   stability as findings; axle_distribution, selection_check: checks by name
"""
