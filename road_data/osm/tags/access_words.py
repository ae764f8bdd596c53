"""Words of access tags and what they mean for a truck with an oversize load."""

from __future__ import annotations

from transport.network.attributes import Access

ACCESS_WORDS = {
    word: access
    for access, words in {
        Access.OPEN: "yes permissive designated official public discouraged allowed",
        Access.PRIVATE: "private destination delivery customers permit residents unloading loading "
        "permission employees",
        Access.CLOSED: "no agricultural forestry bus psv taxi emergency military foot bicycle hov "
        "use_sidepath prohibited school",
        Access.UNKNOWN: "unknown variable",
    }.items()
    for word in words.split()
}
# From open to closed: what a stretch allows is the worst of what its parts allow.
ACCESS_RANK = (Access.OPEN, Access.PRIVATE, Access.UNKNOWN, Access.CLOSED)


def worse(one: Access, other: Access) -> Access:
    """Return the stricter of two; unknown stands between private and closed."""
    return max(one, other, key=ACCESS_RANK.index)


def better(one: Access, other: Access) -> Access:
    """Return the more open of two."""
    return min(one, other, key=ACCESS_RANK.index)
